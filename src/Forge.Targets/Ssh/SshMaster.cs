using System.Diagnostics;
using System.Globalization;
using System.Text;
using Forge.Core.Errors;
using Forge.Core.Targets;
using Forge.Targets.Scripts;

namespace Forge.Targets.Ssh;

/// <summary>
/// One login: an ssh client that owns a control socket. It holds a far <c>cat</c> on a pipe of ours, so that it ends when we do, however we end.
/// </summary>
internal sealed class SshMaster : IAsyncDisposable
{
    private const string Greeting = "echo forge $(id -u); exec cat >/dev/null";
    private readonly Process _process;
    private readonly RuntimeFolder _folder;
    private bool _disposed;

    private SshMaster(Process process, RuntimeFolder folder, bool isRoot)
    {
        _process = process;
        _folder = folder;
        IsRoot = isRoot;
    }

    /// <summary>Whether the login is root's.</summary>
    public bool IsRoot { get; }

    /// <summary>The control socket.</summary>
    public string Socket => _folder.Socket;

    /// <summary>Logs in.</summary>
    /// <exception cref="ForgeException">Ids <c>TargetUnreachable</c>, <c>TargetHostKeyUnknown</c>, <c>TargetHostKeyChanged</c>, <c>TargetAuthenticationFailed</c>, <c>SshClientMissing</c>.</exception>
    public static async Task<SshMaster> OpenAsync(TargetDescription target, TargetOptions options, CancellationToken cancellationToken)
    {
        if (target.KeyFilePath is { } key && !File.Exists(key))
        {
            throw new ForgeException(
                "TargetAuthenticationFailed", ForgeErrorKind.NotFound, $"The key of {target.Name} is missing: {key}.",
                "Correct keyFile in targets.yaml, or make the key with ssh-keygen.", target.Name);
        }

        var folder = RuntimeFolder.Create(options);
        try
        {
            var process = SshProcess.Start(Info(target, options, folder));
            return await GreetAsync(target, process, folder, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Gone already.
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
        _folder.Dispose();
    }

    private static ProcessStartInfo Info(TargetDescription target, TargetOptions options, RuntimeFolder folder) => SshProcess.Info(
        options.SshPath,
        ["-F", folder.Configuration, "-T", "-oControlMaster=yes", "-oControlPersist=no", "-oControlPath=" + SshArguments.Quote(folder.Socket),
            .. SshArguments.Of(target, options), "--", SshArguments.Destination(target), "exec /bin/sh -c " + ShellQuote.Word(Greeting)]);

    private static async Task<SshMaster> GreetAsync(TargetDescription target, Process process, RuntimeFolder folder, CancellationToken cancellationToken)
    {
        var said = new StringBuilder();
        process.ErrorDataReceived += (_, line) => { lock (said) { said.AppendLine(line.Data); } };
        process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(target.ConnectingTimeout * 2));
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token).ConfigureAwait(false) is { } line)
            {
                // Login files of the far user may print before it.
                if (line.StartsWith("forge ", StringComparison.Ordinal) && int.TryParse(line.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var uid))
                {
                    return new SshMaster(process, folder, uid == 0);
                }
            }

            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            lock (said)
            {
                throw process.ExitCode == 255
                    ? SshErrors.Classify(target, said.ToString())
                    : SshErrors.Unreachable(target, FormattableString.Invariant($"its login shell ended with {process.ExitCode} instead of running a command. {said}"));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill();
            throw SshErrors.Unreachable(target, FormattableString.Invariant($"no answer within {target.ConnectingTimeout * 2} s."));
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}
