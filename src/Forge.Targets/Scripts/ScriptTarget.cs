using System.Text;
using Forge.Core.Errors;
using Forge.Core.Targets;

namespace Forge.Targets.Scripts;

/// <summary>What all transports have in common: scripts and files through a POSIX shell.</summary>
internal abstract class ScriptTarget(TargetDescription description, ConnectionRole role) : ITarget
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LastPause = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public TargetDescription Description { get; } = description;

    /// <inheritdoc/>
    public ConnectionRole Role { get; } = role;

    /// <summary>Whether the login is root already, so that sudo is not needed.</summary>
    protected abstract bool IsRoot { get; }

    /// <inheritdoc/>
    public async Task<CommandResult> RunAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var output = new BoundedSink(request.MaxOutputBytes);
        using var input = request.StandardInput is { } bytes ? new MemoryStream(bytes.ToArray(), false) : null;
        var payload = new ScriptPayload
        {
            Script = Encoding.UTF8.GetBytes(request.Script),
            Interpreter = request.Interpreter,
            Timeout = request.Timeout,
            Environment = request.Environment,
            Input = input,
            InputLength = input?.Length ?? 0,
            Output = output,
            MaxErrorBytes = request.MaxOutputBytes,
        };
        var ended = await RunAsync(payload, request.Elevation, cancellationToken).ConfigureAwait(false);
        var (exitCode, signal) = ended.Status is { } status && !ended.TimedOut ? SignalNames.Split(status) : (null, null);
        return new CommandResult
        {
            ExitCode = exitCode,
            Signal = signal,
            TimedOut = ended.TimedOut,
            ConnectionLost = ended.Status is null && !ended.TimedOut,
            Output = output.Text(),
            Error = ended.Error,
            OutputDropped = output.Dropped,
            ErrorDropped = ended.ErrorDropped,
            Elapsed = ended.Elapsed,
        };
    }

    /// <inheritdoc/>
    public async Task UploadAsync(FileUpload upload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        await using var content = await Spool.MeasuredAsync(upload.Content, cancellationToken).ConfigureAwait(false);
        var output = new BoundedSink(4096);
        var payload = new ScriptPayload
        {
            Script = FileScripts.Upload(upload.Path, content.Length, upload.Mode),
            Interpreter = "/bin/sh",
            Timeout = upload.Timeout,
            Input = content.Stream,
            InputLength = content.Length,
            Output = output,
        };
        var ended = await RunAsync(payload, upload.Elevation, cancellationToken).ConfigureAwait(false);
        if (ended is not { Status: 0, TimedOut: false })
        {
            throw new ForgeException(
                "TargetUploadFailed", FailureKind(ended), $"Writing {upload.Path} on {Description.Name} failed: {Reason(ended)}",
                "Check that the folder exists, is writable with these rights and has room.", Description.Name);
        }
    }

    /// <inheritdoc/>
    public async Task<long> DownloadAsync(FileDownload download, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(download);
        var sink = new StreamSink(download.Destination, download.MaxBytes);
        var payload = new ScriptPayload
        {
            Script = FileScripts.Download(download.Path, download.MaxBytes),
            Interpreter = "/bin/sh",
            Timeout = download.Timeout,
            Output = sink,
        };
        var ended = await RunAsync(payload, download.Elevation, cancellationToken).ConfigureAwait(false);
        if ((ended is { Status: FileScripts.TooLarge, TimedOut: false }) || sink.Count > download.MaxBytes)
        {
            throw new ForgeException(
                "TargetDownloadTooLarge", ForgeErrorKind.BadInput, $"{download.Path} on {Description.Name} is larger than {download.MaxBytes} bytes.",
                "Give a higher limit if it is wanted all the same.", Description.Name);
        }

        if (ended is not { Status: 0, TimedOut: false })
        {
            throw new ForgeException(
                "TargetDownloadFailed", FailureKind(ended), $"Reading {download.Path} on {Description.Name} failed: {Reason(ended)}",
                "Check that it is a file and readable with these rights.", Description.Name);
        }

        return sink.Count;
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Starts a session that runs the words of a command on the far side.</summary>
    protected abstract IShellSession Start(IReadOnlyList<string> words);

    private async Task<ChannelResult> RunAsync(ScriptPayload payload, Elevation elevation, CancellationToken cancellationToken)
    {
        var sudo = elevation == Elevation.Sudo && !IsRoot;
        if (sudo)
        {
            var password = Description.SudoPasswordFile is { } file
                ? await SudoPassword.ReadAsync(Description.Name, file, cancellationToken).ConfigureAwait(false)
                : (ReadOnlyMemory<byte>?)null;
            payload = payload with { Sudo = true, SudoPassword = password };
        }

        var ended = await ScriptChannel.RunAsync(payload, Start, cancellationToken).ConfigureAwait(false);
        for (var pause = FirstPause; ended.IsRefused && payload.Input is null && pause <= LastPause; pause *= 3)
        {
            // The session before this one may not be cleared away yet where the server allows few (sshd_config(5), MaxSessions).
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            ended = await ScriptChannel.RunAsync(payload, Start, cancellationToken).ConfigureAwait(false);
        }

        // sudo says why it refuses; where nothing was said the connection ended before it could.
        return ended.SudoRefused && ended.Error.Trim().Length > 0 ? throw SudoPassword.Refused(Description, ended.Error) : ended;
    }

    private static ForgeErrorKind FailureKind(ChannelResult ended) =>
        ended.TimedOut ? ForgeErrorKind.Timeout : ended.Status is null ? ForgeErrorKind.Unreachable : ForgeErrorKind.Denied;

    private static string Reason(ChannelResult ended) =>
        ended.TimedOut ? "the time limit ran out."
        : ended.Status is null ? "the connection was lost."
        : ended.Error.Trim() is { Length: > 0 } said ? said.Split('\n')[^1] : FormattableString.Invariant($"exit status {ended.Status}.");
}
