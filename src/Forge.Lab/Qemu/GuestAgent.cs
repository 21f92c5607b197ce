using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Forge.Core.Errors;
using Forge.Lab.Machines;

namespace Forge.Lab.Qemu;

/// <summary>Client of the QEMU guest agent (QEMU Guest Agent Protocol Reference): root inside the machine, past its network, login and sudo.</summary>
internal sealed class GuestAgent : IAsyncDisposable
{
    private const byte Sentinel = 0xFF;
    private readonly NetworkStream stream;
    private readonly byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    private GuestAgent(NetworkStream stream) => this.stream = stream;

    /// <summary>Connects and finds the beginning of the conversation: what an earlier client, or a machine before a revert, left unread is skipped.</summary>
    /// <exception cref="ForgeException">Id <c>LabAgentUnreachable</c>.</exception>
    public static async Task<GuestAgent> ConnectAsync(string path, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(limit);
        GuestAgent? agent = null;
        try
        {
            agent = new GuestAgent(await UnixSocket.ConnectAsync(path, timer.Token));
            await agent.SynchroniseAsync(timer.Token);
            return agent;
        }
        catch (Exception exception) when (exception is SocketException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (agent is not null)
            {
                await agent.DisposeAsync();
            }

            throw new ForgeException(
                "LabAgentUnreachable",
                ForgeErrorKind.Unreachable,
                $"The guest agent does not answer within {limit.TotalSeconds:0} s: {exception.Message}",
                "The machine may still be booting; the serial console is another way in.",
                path,
                exception);
        }
    }

    /// <summary>Sets the machine's clock.</summary>
    public async Task SetClockAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        await ExecuteAsync("guest-set-time", new JsonObject { ["time"] = (now - DateTimeOffset.UnixEpoch).Ticks * 100 }, cancellationToken);

    /// <summary>Runs a shell script as root.</summary>
    public async Task<LabCommandResult> RunAsync(string script, CancellationToken cancellationToken)
    {
        var started = await ExecuteAsync(
            "guest-exec",
            new JsonObject
            {
                ["path"] = "/bin/sh",
                ["arg"] = new JsonArray("-s"),
                ["env"] = new JsonArray("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C"),
                ["input-data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(script)),
                ["capture-output"] = true,
            },
            cancellationToken);
        var pid = started.GetProperty("pid").GetInt64();
        while (true)
        {
            var status = await ExecuteAsync("guest-exec-status", new JsonObject { ["pid"] = pid }, cancellationToken);
            if (status.GetProperty("exited").GetBoolean())
            {
                var code = status.TryGetProperty("exitcode", out var exit) ? exit.GetInt32() : 128 + status.GetProperty("signal").GetInt32();
                return new LabCommandResult(code, Text(status, "out-data"), Text(status, "err-data"));
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private static string Text(JsonElement status, string name) =>
        status.TryGetProperty(name, out var data) ? Encoding.UTF8.GetString(data.GetBytesFromBase64()) : "";

    private async Task SynchroniseAsync(CancellationToken cancellationToken)
    {
        var id = RandomNumberGenerator.GetInt32(int.MaxValue);
        var request = Encoding.UTF8.GetBytes(new JsonObject { ["execute"] = "guest-sync-delimited", ["arguments"] = new JsonObject { ["id"] = id } }.ToJsonString() + "\n");
        await stream.WriteAsync(new byte[] { Sentinel }, cancellationToken);
        await stream.WriteAsync(request, cancellationToken);
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken);
            var sentinel = line.AsSpan().LastIndexOf(Sentinel);
            if (sentinel < 0)
            {
                continue;
            }

            using var answer = JsonDocument.Parse(line.AsMemory(sentinel + 1));
            if (answer.RootElement.TryGetProperty("return", out var value) && value.TryGetInt64(out var answered) && answered == id)
            {
                return;
            }
        }
    }

    private async Task<JsonElement> ExecuteAsync(string command, JsonObject arguments, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["execute"] = command, ["arguments"] = arguments };
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request.ToJsonString() + "\n"), cancellationToken);
        using var answer = JsonDocument.Parse(await ReadLineAsync(cancellationToken));
        return answer.RootElement.TryGetProperty("error", out var error)
            ? throw new ForgeException("LabAgentRefused", ForgeErrorKind.Unreachable, $"The guest agent refused '{command}': {error.GetProperty("desc").GetString()}", null, command)
            : answer.RootElement.GetProperty("return").Clone();
    }

    private async Task<byte[]> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        while (true)
        {
            while (start < end)
            {
                var next = buffer[start++];
                if (next == '\n')
                {
                    return [.. line];
                }

                line.Add(next);
            }

            start = 0;
            end = await stream.ReadAsync(buffer, cancellationToken);
            if (end == 0)
            {
                throw new IOException("the machine ended");
            }
        }
    }
}
