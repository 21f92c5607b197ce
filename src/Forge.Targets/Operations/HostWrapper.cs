using System.Globalization;
using System.Text;
using Forge.Core.Errors;
using Forge.Core.Operations;
using Forge.Core.Targets;
using Forge.Targets.Scripts;

namespace Forge.Targets.Operations;

/// <summary>The wrapper on the host (<c>Operations/Host</c>), through a connection.</summary>
internal sealed class HostWrapper(ITarget target) : IOperationHost
{
    /// <summary>The wrapper waits this long for an operation that holds the host; journalling comes on top.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    /// <summary>Trees whose content the wrapper journals with every operation; paths in them need not be named.</summary>
    private static readonly string[] Watched = ["/etc/", "/usr/local/"];

    /// <inheritdoc/>
    public async Task<long> ClaimAsync(long? epoch, string owner, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(owner);
        var claim = $"""
            umask 077
            mkdir -p {HostScript.Home}/ops {HostScript.Home}/state/mirror && chmod 700 {HostScript.Home} || exit 91
            v=; [ ! -e {HostScript.Home}/version ] || read -r v <{HostScript.Home}/version
            [ "$v" = {HostScript.Version} ] || exit 94
            set -- claim {epoch?.ToString(CultureInfo.InvariantCulture) ?? "-"} {ShellQuote.Word(owner)}
            . {HostScript.Home}/host
            """;
        var result = await RunAsync(claim, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode == HostExit.NotInstalled)
        {
            await InstallAsync(cancellationToken).ConfigureAwait(false);
            result = await RunAsync(claim, cancellationToken).ConfigureAwait(false);
        }

        var output = Accept(result).Trim();
        return long.TryParse(output, NumberStyles.None, CultureInfo.InvariantCulture, out var held)
            ? held
            : throw Failed("HostReportCorrupt", ForgeErrorKind.Corrupt, $"answered '{output}' to a claim", null);
    }

    /// <inheritdoc/>
    public async Task<OperationStatus> ExecuteAsync(Operation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var result = await RunAsync($"script={ShellQuote.Word(operation.Script)}\n" + Installed(Words(operation)), cancellationToken, operation.Timeout).ConfigureAwait(false);
        var status = HostReport.Status(operation.Id, Accept(result));
        return status.State == OperationState.Absent
            ? throw Failed("HostJournalFailed", ForgeErrorKind.Denied, "could not record the operation; nothing was run", result.Error)
            : status;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OperationStatus>> ExecuteAllAsync(IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operations);
        // In a session of its own, which the loss of the connection leaves alone: it ends at the next answer that nobody takes. The wrapper is read once.
        var end = "end-" + Guid.NewGuid().ToString("N");
        var script = new StringBuilder($"[ -e {HostScript.Home}/host ] || exit {HostExit.NotInstalled}\numask 077\nbatch={HostScript.Home}/batch.$$\n");
        script.Append(CultureInfo.InvariantCulture, $"cat >\"$batch\" <<'{end}' || {{ rm -f \"$batch\"; exit {HostExit.JournalFailed}; }}\nrm -f \"$0\"\n{Installed("_none")}own_session=yes\n");
        script.Append(CultureInfo.InvariantCulture, $"trap 'tidy {string.Join(' ', operations.Select(o => o.Id.Value))}' EXIT\n");
        var last = "";
        foreach (var operation in operations)
        {
            // Each runs in a shell of its own, as if it had been sent alone, and skips recording the state again that the one before it left.
            script.Append(CultureInfo.InvariantCulture, $"echo @{operation.Id.Value}\n(script={ShellQuote.Word(operation.Script)}\nafter={last}\n{Words(operation)}) || exit $?\n");
            script.Append(CultureInfo.InvariantCulture, $"(ended {operation.Id.Value}) || exit 0\n");
            last = operation.Id.Value;
        }

        script.Append(CultureInfo.InvariantCulture, $"{end}\nexec setsid -w sh \"$batch\"\n");
        var limit = operations.Aggregate(TimeSpan.Zero, (sum, o) => sum + o.Timeout);
        var result = await RunAsync(script.ToString(), cancellationToken, limit).ConfigureAwait(false);
        var answers = HostReport.Parts(result.Output);
        // What could not be journalled was not run; what ran before it is known.
        if (result.ExitCode != HostExit.JournalFailed || answers.Count < 2)
        {
            Accept(result);
        }

        return [.. operations.Select(o => answers.GetValueOrDefault(o.Id.Value) is { Length: > 0 } answer
            ? HostReport.Status(o.Id, answer)
            : new OperationStatus { Id = o.Id, State = OperationState.Absent })];
    }

    /// <inheritdoc/>
    public async Task<OperationStatus> QueryAsync(OperationId id, CancellationToken cancellationToken)
    {
        var result = await RunAsync(Installed("query " + id.Value), cancellationToken).ConfigureAwait(false);
        return result.ExitCode is HostExit.NotInstalled or HostExit.JournalFailed
            ? new OperationStatus { Id = id, State = OperationState.Absent }
            : HostReport.Status(id, Accept(result));
    }

    /// <inheritdoc/>
    public async Task<UndoResult> UndoAsync(OperationId id, long epoch, CancellationToken cancellationToken)
    {
        var result = await RunAsync(Installed($"undo {id.Value} {Number(epoch)}"), cancellationToken).ConfigureAwait(false);
        return HostReport.Undo(Accept(result), result.Elapsed);
    }

    /// <inheritdoc/>
    public async Task DisarmAsync(OperationId id, CancellationToken cancellationToken) =>
        Accept(await RunAsync(Installed("disarm " + id.Value), cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async Task ForgetAsync(IReadOnlyList<OperationId> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Count > 0)
        {
            var command = "forget " + string.Join(' ', ids.Select(id => id.Value));
            Accept(await RunAsync(Installed(command), cancellationToken).ConfigureAwait(false));
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        var result = await RunAsync(Installed("remove"), cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != HostExit.NotInstalled)
        {
            Accept(result);
        }
    }

    private static string Words(Operation operation)
    {
        var paths = string.Join(' ', operation.JournalPaths.Where(p => !Watched.Any(w => p.StartsWith(w, StringComparison.Ordinal))).Select(ShellQuote.Word));
        return string.Join(
            ' ', "run", operation.Id.Value, Number(operation.Epoch), Seconds(operation.Timeout), operation.Undoable ? "1" : "0",
            operation.DeadMan is { } deadMan ? Seconds(deadMan) : "0", ShellQuote.Word(operation.Interpreter), ShellQuote.Word(paths), paths);
    }

    private static string Installed(string command) =>
        $"[ -e {HostScript.Home}/host ] || exit {HostExit.NotInstalled}\nset -- {command}\n. {HostScript.Home}/host\n";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => Number((long)Math.Ceiling(time.TotalSeconds));

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        await target.UploadAsync(
            new FileUpload(HostScript.Home + "/host", new MemoryStream(HostScript.Bytes)) { Mode = 0x1C0, Elevation = Elevation.Sudo }, cancellationToken)
            .ConfigureAwait(false);
        Accept(await RunAsync($"umask 077; echo {HostScript.Version} >{HostScript.Home}/version && sync {HostScript.Home}/version {HostScript.Home}/host", cancellationToken)
            .ConfigureAwait(false));
    }

    private Task<CommandResult> RunAsync(string script, CancellationToken cancellationToken, TimeSpan extra = default) => target.RunAsync(
        new CommandRequest
        {
            Script = script,
            Elevation = Elevation.Sudo,
            Timeout = Patience + extra,
            MaxOutputBytes = 32 << 20,
        },
        cancellationToken);

    private string Accept(CommandResult result)
    {
        if (result.ConnectionLost || result.TimedOut)
        {
            throw new ForgeException(
                "TargetUnreachable", ForgeErrorKind.Unreachable, $"The connection to {target.Description.Name} was lost before the wrapper answered.",
                "Connect again and ask what became of the operation: it may run on.", target.Description.Name);
        }

        return result.ExitCode switch
        {
            0 => result.Output,
            HostExit.EpochRefused => throw Failed("EpochRefused", ForgeErrorKind.Refused, "is held by a higher epoch", result.Error),
            HostExit.JournalFailed => throw Failed("HostJournalFailed", ForgeErrorKind.Denied, "could not journal; nothing was run", result.Error),
            HostExit.LockTimeout => throw Failed("HostBusy", ForgeErrorKind.Timeout, "is held by another operation", result.Error),
            HostExit.NotInstalled => throw Failed("HostNotClaimed", ForgeErrorKind.NotFound, "has no wrapper", "claim it first"),
            _ => throw Failed("HostWrapperFailed", ForgeErrorKind.Internal, $"ended the wrapper with {result.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? result.Signal}", result.Error),
        };
    }

    private ForgeException Failed(string id, ForgeErrorKind kind, string what, string? said) => new(
        id, kind, $"{target.Description.Name} {what}{(string.IsNullOrWhiteSpace(said) ? "." : ": " + said.Trim())}",
        id switch
        {
            "EpochRefused" => "Another run took the host over; end it, or resume that run.",
            "HostJournalFailed" => "Free some space below /var/lib on the host and try again.",
            _ => null,
        },
        target.Description.Name);
}
