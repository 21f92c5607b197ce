using System.Security.Cryptography;
using Forge.Core.Errors;
using Forge.Core.Storage;
using Forge.Core.Targets;
using Forge.Targets.Ssh;

namespace Forge.Targets.HostKeys;

/// <summary>Asks machines for their host keys and keeps the trusted ones in our own file. The user's file is read by ssh and never written.</summary>
public sealed class HostKeyStore(TargetOptions options)
{
    /// <summary>Asks the machine, by the same route as a login, without logging in and without trusting it.</summary>
    /// <exception cref="ForgeException">Id <c>TargetUnreachable</c>, and those of a jump host on the way.</exception>
    public async Task<HostKey> FetchAsync(TargetDescription target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var folder = RuntimeFolder.Create(options);
        var seen = folder.Configuration + ".seen";
        var info = SshProcess.Info(
            options.SshPath,
            ["-F", folder.Configuration, "-T", "-oStrictHostKeyChecking=accept-new", "-oUserKnownHostsFile=" + SshArguments.Quote(seen),
                "-oGlobalKnownHostsFile=none", "-oHashKnownHosts=no", "-oPreferredAuthentications=none", "-oControlPath=none",
                .. SshArguments.Of(target with { KnownHostsFile = null }, options), "--", SshArguments.Destination(target), "true"]);
        using var process = SshProcess.Start(info);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var said = await process.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await output.ConfigureAwait(false);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return File.Exists(seen) && (await File.ReadAllLinesAsync(seen, cancellationToken).ConfigureAwait(false)) is [var line, ..]
            ? Read(line)
            : throw SshErrors.Classify(target, said);
    }

    /// <summary>Writes a key into our own file; one of the same name and kind there must be the same.</summary>
    /// <exception cref="ForgeException">Id <c>TargetHostKeyChanged</c>: another key of that name is trusted already.</exception>
    public async Task TrustAsync(HostKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var path = options.KnownHostsPath;
        var lines = File.Exists(path) ? [.. await File.ReadAllLinesAsync(path, cancellationToken).ConfigureAwait(false)] : new List<string>();
        if (lines.Contains(key.Line))
        {
            return;
        }

        var kind = string.Join(' ', key.Line.Split(' ').Take(2)) + " ";
        if (lines.Any(line => line.StartsWith(kind, StringComparison.Ordinal)))
        {
            throw new ForgeException(
                "TargetHostKeyChanged", ForgeErrorKind.Denied, $"Another {key.Algorithm} key of {key.Name} is trusted in {path}.",
                "If the machine was reinstalled, remove the old line and try again.", key.Name);
        }

        Directory.CreateDirectory(options.ForgeHome);
        lines.Add(key.Line);
        await AtomicFile.WriteAsync(path, string.Join('\n', lines) + "\n", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes all keys of a name from our own file.</summary>
    public async Task ForgetAsync(string name, CancellationToken cancellationToken)
    {
        if (File.Exists(options.KnownHostsPath))
        {
            var lines = await File.ReadAllLinesAsync(options.KnownHostsPath, cancellationToken).ConfigureAwait(false);
            var kept = lines.Where(line => !line.StartsWith(name + " ", StringComparison.Ordinal)).Select(line => line + "\n");
            await AtomicFile.WriteAsync(options.KnownHostsPath, string.Concat(kept), cancellationToken).ConfigureAwait(false);
        }
    }

    private static HostKey Read(string line)
    {
        var words = line.Split(' ');
        var digest = Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(words[2]))).TrimEnd('=');
        var algorithm = words[1] switch
        {
            "ssh-ed25519" => "ED25519",
            "ssh-rsa" => "RSA",
            var other => other.StartsWith("ecdsa-", StringComparison.Ordinal) ? "ECDSA" : other,
        };
        return new HostKey(words[0], algorithm, "SHA256:" + digest, line);
    }
}
