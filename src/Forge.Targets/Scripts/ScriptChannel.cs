using System.Diagnostics;
using System.Text;

namespace Forge.Targets.Scripts;

/// <summary>Runs one script in one session (over ssh or of a local shell) and finds out what became of it.</summary>
internal sealed class ScriptChannel
{
    /// <summary>How long the far side has to end a script after its limit before we close the channel on it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(4);

    private readonly string _nonce;
    private readonly ScriptPayload _payload;
    private readonly byte[] _environment;
    private readonly BoundedSink _error;
    private readonly Stopwatch _clock = new();

    private ScriptChannel(string nonce, ScriptPayload payload, byte[] environment)
    {
        _nonce = nonce;
        _payload = payload;
        _environment = environment;
        _error = new BoundedSink(payload.MaxErrorBytes);
    }

    /// <summary>Runs it.</summary>
    /// <param name="payload">What to run.</param>
    /// <param name="start">Starts a session for the words of the far command.</param>
    /// <param name="cancellationToken">Ends the far process too.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the far process was ended.</exception>
    public static async Task<ChannelResult> RunAsync(
        ScriptPayload payload, Func<IReadOnlyList<string>, IShellSession> start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var nonce = "forge" + Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        var environment = EnvironmentBlock(payload.Environment);
        var channel = new ScriptChannel(nonce, payload, environment);
        channel._clock.Start();
        var words = Bootstrap.Words(nonce, payload, environment.Length);
        var opening = Task.Run(() => start(words), CancellationToken.None);
        try
        {
            await opening.WaitAsync(payload.Timeout + Grace, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException && !opening.IsCompleted)
        {
            // What carries sessions does not answer. One that comes later all the same is ended.
            _ = opening.ContinueWith(late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
            return new ChannelResult(null, true, false, "", 0, channel._clock.Elapsed);
        }

        using var session = await opening.ConfigureAwait(false);
        return await channel.DriveAsync(session, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ChannelResult> DriveAsync(IShellSession session, CancellationToken cancellationToken)
    {
        var (input, output, error) = (session.Input, session.Output, session.Error);
        var refused = false;
        var outputEnd = OnThread(() => new TrailerReader(_nonce, _payload.Output).Read(output));
        var errorEnd = OnThread(() =>
        {
            if (_payload.SudoPassword is { } password && !SudoGate.Pass(error, input, _nonce, password, _error))
            {
                refused = true;
                return null;
            }

            var sending = OnThread(() => Send(input));
            return new TrailerReader(_nonce, _error).Read(error);
        });
        var both = Task.WhenAll(outputEnd, errorEnd);
        try
        {
            var late = await EndAsync(both, input, session, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var status = late ? null : await errorEnd.ConfigureAwait(false);
            var elapsed = _clock.Elapsed;
            if (status is null && !late)
            {
                var fault = session.TransportFault();
                _error.Write(Encoding.UTF8.GetBytes(fault ?? ""));
                // What the transport says when it gives up is about the connection, not about sudo.
                refused = fault is null && (refused || SaysSudo());
            }

            // A script that ignores the first signal is killed with the shell that would write the trailer.
            var timedOut = late || (status is null or 124 or 137 or 143 && elapsed >= _payload.Timeout);
            return new ChannelResult(status, timedOut, refused, _error.Text(), _error.Dropped, elapsed) { IsRefused = session.IsRefused };
        }
        finally
        {
            Close(input);
        }
    }

    /// <summary>Waits for both streams to end; when the limit or the caller's patience runs out, first closes the channel's input (which ends the far process), then the session.</summary>
    /// <returns>True where our own limit had to end it.</returns>
    private async Task<bool> EndAsync(Task both, Stream input, IShellSession session, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_payload.Timeout + Grace);
        try
        {
            await both.WaitAsync(limit.Token).ConfigureAwait(false);
            return false;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            Close(input);
        }

        try
        {
            await both.WaitAsync(Grace, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            session.Kill();
        }
        catch (IOException)
        {
            // A stream broke while ending: ended all the same.
        }

        return true;
    }

    private void Send(Stream input)
    {
        try
        {
            input.Write([.. _environment, .. _payload.Script.Span, .. Encoding.ASCII.GetBytes(Bootstrap.EndOfScript(_nonce, _payload))]);
            _payload.Input?.CopyTo(input, 1 << 17);
            input.Flush();
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            // The far side ended without reading everything; its trailer or its absence tells the story.
        }
    }

    /// <summary>Without a trailer sudo said no, if it says that it was sudo.</summary>
    private bool SaysSudo() =>
        _payload.Sudo
        && _error.Text().Split('\n').Any(line => line.StartsWith("sudo", StringComparison.Ordinal) || line.Contains("sudo:", StringComparison.Ordinal));

    private static byte[] EnvironmentBlock(IReadOnlyDictionary<string, string> variables)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in variables)
        {
            if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            {
                throw new ArgumentException($"'{name}' is no name of an environment variable.", nameof(variables));
            }

            text.Append("export ").Append(name).Append('=').Append(ShellQuote.Word(value)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static Task<T> OnThread<T>(Func<T> read) =>
        Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static Task OnThread(Action write) =>
        Task.Factory.StartNew(write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Close(Stream stream)
    {
        try
        {
            stream.Close();
        }
        catch (IOException)
        {
            // Unsent bytes for a process that is gone.
        }
    }
}
