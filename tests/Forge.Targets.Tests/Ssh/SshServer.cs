using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Forge.Core.Targets;

namespace Forge.Targets.Tests.Ssh;

/// <summary>A real OpenSSH server on loopback with its own keys and configuration, for the user who runs the tests.</summary>
public sealed class SshServer : IAsyncLifetime
{
    private Process? _process;

    public string Folder { get; } = Directory.CreateTempSubdirectory("forge-sshd-").FullName;

    public int Port { get; } = FreePort();

    public string ForgeHome => Path.Combine(Folder, "home");

    public string KeyPath => Path.Combine(Folder, "user");

    public TargetOptions Options => new()
    {
        ForgeHome = ForgeHome,
        UserSshFolder = Path.Combine(Folder, "ssh"),
        RuntimeFolder = Path.Combine(Folder, "run"),
    };

    public TargetDescription Target => new()
    {
        Name = "web01",
        HostName = "127.0.0.1",
        Port = Port,
        UserName = Environment.UserName,
        KeyFilePath = KeyPath,
    };

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/sshd"), "openssh-server is not installed");
        if (Environment.IsPrivilegedProcess)
        {
            Directory.CreateDirectory("/run/sshd");
        }

        Directory.CreateDirectory(ForgeHome);
        Directory.CreateDirectory(Options.UserSshFolder);
        Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(Folder, "host"));
        Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", KeyPath);
        File.Copy(KeyPath + ".pub", Path.Combine(Folder, "authorized"));
        Trust(Options.KnownHostsPath);
        await File.WriteAllTextAsync(Path.Combine(Folder, "sshd_config"), $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {Folder}/host
            AuthorizedKeysFile {Folder}/authorized
            PidFile none
            StrictModes no
            UsePAM no
            PermitRootLogin yes
            MaxStartups 100:30:200
            Subsystem sftp internal-sftp
            """);
        await StartAsync();
    }

    public void Trust(string knownHosts)
    {
        var key = File.ReadAllText(Path.Combine(Folder, "host.pub")).Split(' ');
        File.WriteAllText(knownHosts, string.Create(CultureInfo.InvariantCulture, $"[127.0.0.1]:{Port} {key[0]} {key[1]}\n"));
    }

    public async Task StartAsync()
    {
        _process = Process.Start("/usr/sbin/sshd", ["-D", "-f", Path.Combine(Folder, "sshd_config"), "-E", Path.Combine(Folder, "log")]);
        for (var tries = 0; tries < 200; tries++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(25);
            }
        }

        throw new InvalidOperationException("sshd did not start: " + await File.ReadAllTextAsync(Path.Combine(Folder, "log")));
    }

    /// <summary>Starts it anew with a line more in its configuration.</summary>
    public async Task ConfigureAsync(string line)
    {
        Stop();
        await File.AppendAllTextAsync(Path.Combine(Folder, "sshd_config"), "\n" + line + "\n");
        await StartAsync();
    }

    /// <summary>Ends the listener; sessions that are open go on.</summary>
    public void Stop()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        Directory.Delete(Folder, true);
        return ValueTask.CompletedTask;
    }

    private static void Run(string tool, params string[] arguments)
    {
        using var process = Process.Start(tool, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
