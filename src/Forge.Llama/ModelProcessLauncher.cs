namespace Forge.Llama;

/// <summary>How to start the child process that holds a model.</summary>
/// <param name="FileName">The program, a full path.</param>
/// <param name="Arguments">Its arguments, each passed as it is; no shell reads them.</param>
public sealed record ModelProcessLauncher(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>The hidden first argument by which a program of ours becomes the child process: it then calls <see cref="Worker.ModelWorker.Run"/>.</summary>
    public const string WorkerArgument = "--model-worker";

    /// <summary>For a program that knows <see cref="WorkerArgument"/>: <c>forge</c>.</summary>
    public static ModelProcessLauncher ForProgram(string file) => new(file, [WorkerArgument]);

    /// <summary>For PowerShell, which loads this assembly and calls its entry point.</summary>
    /// <param name="powerShell">The program <c>pwsh</c>.</param>
    /// <param name="assembly">Forge.Llama.dll in the folder with all that it needs.</param>
    public static ModelProcessLauncher ForPowerShell(string powerShell, string assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var quoted = assembly.Replace("'", "''", StringComparison.Ordinal);
        // Without -InputFormat None PowerShell would read standard input itself.
        return new(powerShell, ["-NoProfile", "-NonInteractive", "-NoLogo", "-InputFormat", "None", "-Command", $"$null = [Reflection.Assembly]::LoadFrom('{quoted}'); exit [Forge.Llama.Worker.ModelWorker]::Run()"]);
    }

    /// <summary>For the process that this is: <c>forge</c> starts itself, PowerShell itself with this assembly.</summary>
    /// <exception cref="InvalidOperationException">The process has no path of its own.</exception>
    public static ModelProcessLauncher ForThisProcess()
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("this process has no path");
        return Path.GetFileNameWithoutExtension(program) == "pwsh" ? ForPowerShell(program, typeof(ModelProcessLauncher).Assembly.Location) : ForProgram(program);
    }
}
