namespace Forge.Build.Labs;

/// <summary>A decision file with all that a throw-away machine can be given.</summary>
internal static class BenchDecisions
{
    // The hash of a password that nobody has.
    private const string Hash = "grub.pbkdf2.sha512.10000."
        + "30313233343536373839616263646566303132333435363738396162636465663031323334353637383961626364656630313233343536373839616263646566."
        + "30313233343536373839616263646566303132333435363738396162636465663031323334353637383961626364656630313233343536373839616263646566";

    /// <summary>Writes it; what only a machine with its own kernel, a second disk and a way to the log host can be given is left out elsewhere.</summary>
    /// <returns>Its path.</returns>
    public static string Write(string file, LabAddress lab, bool hasOwnKernel)
    {
        var text = $"default:\n  ssh-access:\n    users: [{lab.User}]\n";
        if (hasOwnKernel)
        {
            text += $"  filesystems:\n    disk: /dev/vdb\n  boot-loader-password:\n    hash: {Hash}\n  log-host:\n    url: {LogHost.Name}\n    address: {LogHost.AddressFromGuest}\n";
        }

        File.WriteAllText(file, text);
        return Path.GetFullPath(file);
    }
}
