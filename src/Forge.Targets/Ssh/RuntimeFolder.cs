using System.Globalization;

namespace Forge.Targets.Ssh;

/// <summary>The private folder of one connection: its control socket and its configuration. Folders of processes that are gone are swept.</summary>
internal sealed class RuntimeFolder : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly string _path;

    private RuntimeFolder(string path) => _path = path;

    /// <summary>The control socket.</summary>
    public string Socket => Path.Combine(_path, "s");

    /// <summary>The configuration file.</summary>
    public string Configuration => Path.Combine(_path, "c");

    /// <summary>Makes one.</summary>
    public static RuntimeFolder Create(TargetOptions options)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Control sockets of OpenSSH need Linux or macOS.");
        }

        var root = options.RuntimeFolder ?? Default();
        Directory.CreateDirectory(root, Private);
        File.SetUnixFileMode(root, Private); // fails where it belongs to somebody else
        Sweep(root);
        var name = FormattableString.Invariant($"{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");
        var path = Path.Combine(root, name);
        Directory.CreateDirectory(path, Private);
        var folder = new RuntimeFolder(path);
        File.WriteAllText(folder.Configuration, SshArguments.Configuration(options));
        return folder;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_path, true);
        }
        catch (IOException)
        {
            // Swept by the next connection.
        }
    }

    private static string Default()
    {
        var session = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        return !string.IsNullOrEmpty(session) && Directory.Exists(session)
            ? Path.Combine(session, "forge")
            : Path.Combine("/tmp", "forge-ssh-" + Environment.UserName);
    }

    private static void Sweep(string root)
    {
        foreach (var path in Directory.EnumerateDirectories(root))
        {
            var name = Path.GetFileName(path);
            var dash = name.IndexOf('-', StringComparison.Ordinal);
            if (dash > 0 && int.TryParse(name.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && !Directory.Exists($"/proc/{pid}"))
            {
                new RuntimeFolder(path).Dispose();
            }
        }
    }
}
