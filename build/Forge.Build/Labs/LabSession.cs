namespace Forge.Build.Labs;

/// <summary>One throw-away machine, removed at the end.</summary>
/// <param name="forge">The console host that makes it.</param>
/// <param name="name">Its name.</param>
/// <param name="options">--lab says which kind of machine, --keep that it stays.</param>
internal sealed class LabSession(ForgeConsole forge, string name, BuildOptions options) : IDisposable
{
    public string Name => name;

    public LabAddress Address => LabAddress.Parse(forge.Capture(["Get-ForgeLab", name]).Output);

    /// <exception cref="BuildException">It cannot be made or does not start.</exception>
    public void Start()
    {
        string[] backend = options.Value("--lab") is { } kind ? ["-Backend", kind] : [];
        Tool.Must(forge.Run(["New-ForgeLab", name, "-Distribution", "debian12", .. backend, "-Confirm:$false"]), "the lab could not be made");
        Tool.Must(forge.Run("Start-ForgeLab", name), "the lab does not start");
    }

    /// <exception cref="BuildException">It does not come back.</exception>
    public void Restart()
    {
        forge.Run("Stop-ForgeLab", name, "-Confirm:$false");
        Tool.Must(forge.Run("Start-ForgeLab", name), $"{name} does not come back");
    }

    public void Dispose()
    {
        if (!options.Has("--keep"))
        {
            forge.Run("Remove-ForgeLab", name, "-Confirm:$false");
        }
    }
}
