using System.ComponentModel;
using System.Diagnostics;

namespace Forge.Build.Labs;

/// <summary>
/// A log host for a QEMU machine: systemd-journal-remote on this machine's loopback over https, with an authority and certificates made for it alone. The machine
/// checks who it talks to; Debian's build, without GnuTLS, asks no client who it is.
/// </summary>
internal sealed class LogHost : IDisposable
{
    /// <summary>The name that the content's default wants, and that the certificate is for.</summary>
    public const string Name = "remotelogserver";

    /// <summary>This machine's loopback as QEMU's user network shows it to the guest.</summary>
    public const string AddressFromGuest = "10.0.2.2";

    private const string Server = "/lib/systemd/systemd-journal-remote";
    private readonly string _folder;
    private readonly Process _process;

    /// <param name="folder">Where its keys and the journals it receives go; emptied first.</param>
    /// <exception cref="BuildException">It cannot be installed or does not start.</exception>
    public LogHost(string folder)
    {
        _folder = Path.GetFullPath(folder);
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }

        Directory.CreateDirectory(Journals);
        Setup.Install("systemd-journal-remote", "openssl");
        OpenSsl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=Forge bench", "-keyout", "ca.key", "-out", "ca.pem");
        Certify("server", Name);
        Certify("client", "bench");
        var start = new ProcessStartInfo(
            Server,
            ["--listen-https=127.0.0.1:19532", $"--key={In("server.key")}", $"--cert={In("server.pem")}", $"--output={Journals}", "--split-mode=host"]);
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new BuildException($"{Server} cannot be started: {e.Message}");
        }

        if (_process.WaitForExit(TimeSpan.FromSeconds(2)))
        {
            throw new BuildException($"{Server} ended with {_process.ExitCode}, see above for its own words");
        }
    }

    private string Journals => In("journals");

    /// <summary>Whether the journal of a machine has arrived.</summary>
    public bool HasReceived => Directory.EnumerateFiles(Journals).Any(f => new FileInfo(f).Length > 0);

    /// <summary>Puts the machine's key and certificates where systemd-journal-upload looks for them, as an administrator would.</summary>
    /// <exception cref="BuildException">They could not be put there.</exception>
    public void Equip(LabAddress lab)
    {
        foreach (var (file, path, mode) in new[]
        {
            ("client.key", "private/journal-upload.pem", "0640"),
            ("client.pem", "certs/journal-upload.pem", "0644"),
            ("ca.pem", "ca/trusted.pem", "0644"),
        })
        {
            var remote = $"/var/tmp/{file}";
            lab.Upload(In(file), remote);
            var target = $"/etc/pki/systemd/{path}";
            Tool.Must(
                lab.Ssh($"sudo -S -p '' sh -c 'mkdir -p {Path.GetDirectoryName(target)} && install -o root -g systemd-journal -m {mode} {remote} {target} && rm {remote}'").Code,
                $"{target} could not be put on {lab.Port}");
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        // Keys, and hundreds of megabytes of journals where the machine began anew often.
        Directory.Delete(_folder, recursive: true);
    }

    private string In(string file) => Path.Combine(_folder, file);

    private void Certify(string name, string subject)
    {
        OpenSsl("req", "-newkey", "rsa:2048", "-nodes", "-subj", $"/CN={subject}", "-keyout", $"{name}.key", "-out", $"{name}.csr");
        File.WriteAllText(In($"{name}.ext"), $"subjectAltName=DNS:{subject}\n");
        OpenSsl("x509", "-req", "-in", $"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30", "-extfile", $"{name}.ext", "-out", $"{name}.pem");
    }

    private void OpenSsl(params string[] arguments)
    {
        var quoted = string.Join(' ', arguments.Select(a => $"'{a}'"));
        Tool.Must(Tool.Run("sh", ["-c", $"cd '{_folder}' && openssl {quoted}"], quiet: true), $"openssl {arguments[0]} failed, see above");
    }
}
