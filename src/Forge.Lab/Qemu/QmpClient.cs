using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Forge.Core.Errors;

namespace Forge.Lab.Qemu;

/// <summary>Client of QEMU's machine protocol (docs/interop/qmp-spec of QEMU): one JSON object a line, answers matched by id, events beside them.</summary>
internal sealed class QmpClient : IAsyncDisposable
{
    private readonly NetworkStream stream;
    private readonly StreamReader reader;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonElement>> pending = new();
    private readonly ConcurrentQueue<string> events = new();
    private readonly CancellationTokenSource ending = new();
    private Task reading = Task.CompletedTask;
    private long lastId;

    private QmpClient(NetworkStream stream)
    {
        this.stream = stream;
        reader = new StreamReader(stream, Encoding.UTF8);
    }

    /// <summary>Names of the events that came, oldest first.</summary>
    public IReadOnlyList<string> Events => [.. events];

    /// <summary>Connects and shakes hands. QEMU serves one client at a time; a second one waits until the first is gone.</summary>
    /// <exception cref="ForgeException">Id <c>LabMonitorUnreachable</c>.</exception>
    public static async Task<QmpClient> ConnectAsync(string path, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(limit);
        QmpClient? client = null;
        try
        {
            client = new QmpClient(await UnixSocket.ConnectAsync(path, timer.Token));
            var greeting = await client.reader.ReadLineAsync(timer.Token);
            if (greeting is null || !greeting.Contains("\"QMP\"", StringComparison.Ordinal))
            {
                throw new IOException($"the greeting is '{greeting}'");
            }

            client.reading = client.ReadAsync();
            await client.ExecuteAsync("qmp_capabilities", null, timer.Token);
            return client;
        }
        catch (Exception exception) when (exception is SocketException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (client is not null)
            {
                await client.DisposeAsync();
            }

            throw new ForgeException(
                "LabMonitorUnreachable", ForgeErrorKind.Unreachable, $"QEMU's monitor {path} does not answer: {exception.Message}", "Stop-ForgeLab, then Start-ForgeLab.", path, exception);
        }
    }

    /// <summary>Runs a command and returns its answer.</summary>
    /// <exception cref="ForgeException">Id <c>LabMonitorRefused</c>: QEMU answered with an error; <c>LabMonitorUnreachable</c>: it ended.</exception>
    public async Task<JsonElement> ExecuteAsync(string command, JsonObject? arguments, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref lastId);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        pending[id] = answer;
        var request = new JsonObject { ["execute"] = command, ["id"] = id };
        if (arguments is not null)
        {
            request["arguments"] = arguments;
        }

        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToJsonString() + "\n"), cancellationToken);
        }
        catch (IOException exception)
        {
            throw Ended(exception);
        }

        if (reading.IsCompleted)
        {
            FailPending();
        }

        var message = await answer.Task.WaitAsync(cancellationToken);
        return message.TryGetProperty("error", out var error)
            ? throw new ForgeException(
                "LabMonitorRefused", ForgeErrorKind.Unreachable, $"QEMU refused '{command}': {error.GetProperty("desc").GetString()}", null, command)
            : message.GetProperty("return").Clone();
    }

    /// <summary>Runs a command of the human monitor. It says what went wrong as text only, and a command that worked says nothing: any text is an error.</summary>
    /// <exception cref="ForgeException">Id <c>LabMonitorRefused</c>.</exception>
    public async Task HumanAsync(string commandLine, CancellationToken cancellationToken)
    {
        var answer = await ExecuteAsync("human-monitor-command", new JsonObject { ["command-line"] = commandLine }, cancellationToken);
        var text = answer.GetString()?.Trim() ?? "";
        if (text.Length > 0)
        {
            throw new ForgeException("LabMonitorRefused", ForgeErrorKind.Unreachable, $"QEMU refused '{commandLine}': {text.ReplaceLineEndings(" ")}", null, commandLine);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await stream.DisposeAsync();
        await reading;
        reader.Dispose();
        ending.Dispose();
    }

    private static ForgeException Ended(Exception? inner) =>
        new("LabMonitorUnreachable", ForgeErrorKind.Unreachable, "QEMU ended while it was asked something.", "Its log is run/qemu.log in the lab's folder.", null, inner);

    private async Task ReadAsync()
    {
        try
        {
            while (await reader.ReadLineAsync(ending.Token) is { } line)
            {
                using var document = JsonDocument.Parse(line);
                var message = document.RootElement;
                if (message.TryGetProperty("event", out var name))
                {
                    events.Enqueue(name.GetString()!);
                }
                else if (message.TryGetProperty("id", out var id) && pending.TryRemove(id.GetInt64(), out var answer))
                {
                    answer.SetResult(message.Clone());
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or JsonException)
        {
            // The connection is over; whoever still waits is told below.
        }

        FailPending();
    }

    private void FailPending()
    {
        foreach (var id in pending.Keys)
        {
            if (pending.TryRemove(id, out var answer))
            {
                answer.TrySetException(Ended(null));
            }
        }
    }
}
