using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Forge.Core.Errors;
using Forge.Llama.Protocol;

namespace Forge.Llama.Client;

/// <summary>One child process: sends calls, hands each reply to who asked, and turns its end into an error of every open request.</summary>
internal sealed class ModelChild : IAsyncDisposable
{
    private const int KeptLines = 12;
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);
    private readonly Process _process;
    private readonly string _modelFile;
    private readonly ConcurrentDictionary<long, Channel<ModelReply>> _open = new();
    private readonly Queue<string> _complaints = new();
    private readonly Lock _gate = new();
    private readonly Task _reading;
    private ForgeException? _end;
    private bool _isDisposing;
    private long _lastId;

    private ModelChild(Process process, string modelFile)
    {
        (_process, _modelFile) = (process, modelFile);
        _reading = Task.Run(ReadAsync);
    }

    public int ProcessId => _process.Id;

    /// <summary>Whether it has ended; the next request needs another one.</summary>
    public bool HasEnded => _end is not null;

    /// <summary>Completes when the process has ended and every open request has its error.</summary>
    public Task Ended => _reading;

    /// <exception cref="ForgeException">Id <c>ModelProcessNotStarted</c>.</exception>
    public static ModelChild Start(ModelProcessLauncher launcher, string modelFile)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(launcher.FileName, launcher.Arguments)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardInputEncoding = encoding, StandardOutputEncoding = encoding, StandardErrorEncoding = encoding,
        };
        // Without it a failed assertion inside llama.cpp starts a debugger instead of ending the process.
        start.Environment["GGML_NO_BACKTRACE"] = "1";
        try
        {
            return new ModelChild(Process.Start(start)!, modelFile);
        }
        catch (Win32Exception e)
        {
            throw new ForgeException(
                "ModelProcessNotStarted", ForgeErrorKind.Missing, $"The model process {launcher.FileName} cannot be started: {e.Message}", "Install Forge again.", launcher.FileName, e);
        }
    }

    /// <summary>Sends a call and returns the channel of its replies; the channel fails where the process ends first.</summary>
    public (long Id, ChannelReader<ModelReply> Replies) Ask(Func<long, ModelCall> call)
    {
        var id = Interlocked.Increment(ref _lastId);
        var channel = Channel.CreateUnbounded<ModelReply>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = false });
        _open[id] = channel;
        Send(call(id));
        if (_end is { } end)
        {
            channel.Writer.TryComplete(Again(end));
        }

        return (id, channel.Reader);
    }

    /// <summary>Waits for the one reply of a call.</summary>
    /// <exception cref="ForgeException">The error that the child sent, or its end.</exception>
    public async Task<ModelReply> AskOneAsync(Func<long, ModelCall> call, CancellationToken cancellationToken)
    {
        var (id, replies) = Ask(call);
        try
        {
            var reply = await replies.ReadAsync(cancellationToken);
            return reply.Error is { } error ? throw Described(error) : reply;
        }
        catch (ChannelClosedException e) when (e.InnerException is ForgeException end)
        {
            throw end;
        }
        finally
        {
            Close(id);
        }
    }

    /// <summary>Forgets a request; with <paramref name="cancel"/> the child is told to stop it.</summary>
    public void Close(long id, bool cancel = false)
    {
        if (_open.TryRemove(id, out _) && cancel && !HasEnded)
        {
            Send(new ModelCall { Op = ModelCall.CancelOp, Id = id });
        }
    }

    /// <summary>The error of the child with what llama.cpp printed, where that is what explains it.</summary>
    public ForgeException Described(ErrorReply error)
    {
        var said = error.Id == "ModelGrammarInvalid" ? LastComplaints() : "";
        return new ForgeException(error.Id, error.Kind, said.Length > 0 ? $"{error.Message} It said: {said}" : error.Message, error.NextStep, _modelFile);
    }

    public async ValueTask DisposeAsync()
    {
        _isDisposing = true;
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Its end was faster; that is what was wanted.
        }

        using var limit = new CancellationTokenSource(EndLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        await _reading;
        _process.Dispose();
    }

    private void Send(ModelCall call)
    {
        try
        {
            var line = JsonSerializer.Serialize(call, ProtocolJson.Default.ModelCall);
            lock (_gate)
            {
                _process.StandardInput.WriteLine(line);
                _process.StandardInput.Flush();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process has ended: the reading task gives every open request its error, with the cause.
        }
    }

    private async Task ReadAsync()
    {
        var complaints = ReadComplaintsAsync();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            ModelReply reply;
            try
            {
                reply = JsonSerializer.Deserialize(line, ProtocolJson.Default.ModelReply)!;
            }
            catch (JsonException)
            {
                Complain($"a line that is no reply: {line[..Math.Min(line.Length, 200)]}");
                _process.Kill();
                break;
            }

            if (_open.TryGetValue(reply.Id, out var channel))
            {
                channel.Writer.TryWrite(reply);
            }
        }

        await complaints;
        await _process.WaitForExitAsync();
        _end = _isDisposing
            ? new ForgeException("ModelProcessEnded", ForgeErrorKind.Unreachable, "The model was closed while the request was under way.", null, _modelFile)
            : ModelProcessEnd.Describe(_process.ExitCode, LastComplaints(), _modelFile);
        foreach (var channel in _open.Values)
        {
            channel.Writer.TryComplete(Again(_end));
        }
    }

    private async Task ReadComplaintsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            Complain(line);
        }
    }

    private void Complain(string line)
    {
        lock (_complaints)
        {
            _complaints.Enqueue(line);
            while (_complaints.Count > KeptLines)
            {
                _complaints.Dequeue();
            }
        }
    }

    private string LastComplaints()
    {
        lock (_complaints)
        {
            return string.Join(" / ", _complaints.Where(l => !string.IsNullOrWhiteSpace(l)).TakeLast(4).Select(l => l.Trim()));
        }
    }

    // Each request throws an exception of its own: one object thrown on several threads would mix their stacks.
    private static ForgeException Again(ForgeException e) => new(e.Id, e.Kind, e.Message, e.NextStep, e.Subject);
}
