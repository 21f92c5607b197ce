using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Forge.Core.Errors;
using Forge.Lab.Machines;

namespace Forge.Lab.Qemu;

/// <summary>A person's way in when nothing else works: logs in on the serial port and runs commands there. The port serves one client at a time.</summary>
public sealed partial class SerialConsole : IAsyncDisposable
{
    private static readonly TimeSpan KeysSwallowed = TimeSpan.FromSeconds(12);
    private readonly NetworkStream stream;
    private readonly byte[] buffer = new byte[16 * 1024];
    private string unread = "";

    private SerialConsole(NetworkStream stream) => this.stream = stream;

    /// <summary>Connects to the unix socket of a serial port.</summary>
    /// <exception cref="ForgeException">Id <c>LabConsoleUnreachable</c>.</exception>
    public static async Task<SerialConsole> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return new SerialConsole(await UnixSocket.ConnectAsync(path, cancellationToken));
        }
        catch (SocketException exception)
        {
            throw new ForgeException("LabConsoleUnreachable", ForgeErrorKind.Unreachable, $"The serial console {path} cannot be opened: {exception.Message}", "Start-ForgeLab starts the machine.", path, exception);
        }
    }

    /// <summary>Logs in. A session that an earlier client left open is closed first.</summary>
    /// <param name="user">Account.</param>
    /// <param name="password">Its password.</param>
    /// <param name="limit">How long the whole may take.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ForgeException">Ids <c>LabConsoleLoginRefused</c>, <c>LabConsoleSilent</c>.</exception>
    public async Task LoginAsync(string user, string password, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = Timer(limit, cancellationToken);
        await GuardAsync(async token =>
        {
            await LeaveAsync(token);
            unread = "";
            await SendAsync("\n", token);
            await WaitAsync(LoginPrompt(), token);
            await SendAsync(user + "\n", token);
            await WaitAsync(PasswordPrompt(), token);
            await SendAsync(password + "\n", token);
            var outcome = await WaitAsync(LoginOutcome(), token);
            if (outcome.Value.Contains("incorrect", StringComparison.OrdinalIgnoreCase))
            {
                throw new ForgeException("LabConsoleLoginRefused", ForgeErrorKind.Denied, $"The serial console refuses the login of {user}.", "Is it the password of this lab?", user);
            }

            var ready = Marker();
            await SendAsync($" stty -echo -onlcr; PS1=; PS2=; PROMPT_COMMAND=; unset HISTFILE; printf '%s%s\\n' {ready[..8]} {ready[8..]}\n", token);
            await WaitAsync(new Regex(Regex.Escape(ready) + "\r?\n"), token);
            return true;
        }, timer.Token, cancellationToken);
    }

    /// <summary>Runs a shell script in the session.</summary>
    /// <param name="script">Script for <c>/bin/sh</c>.</param>
    /// <param name="limit">Time limit.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Exit code and what it wrote to either output. Messages of the kernel may stand between.</returns>
    /// <exception cref="ForgeException">Id <c>LabConsoleSilent</c>.</exception>
    public async Task<LabCommandResult> RunAsync(string script, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = Timer(limit, cancellationToken);
        return await GuardAsync(async token =>
        {
            // A terminal line holds 4095 bytes and some bytes mean something to it: the script travels as base64, in short lines.
            var begin = Marker();
            var finish = Marker();
            var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(script), Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n");
            await SendAsync(
                $" script=$(base64 -d <<'{finish}'\n{encoded}\n{finish}\n)\n"
                + $" printf '%s%s\\n' {begin[..8]} {begin[8..]}; sh -c \"$script\" </dev/null 2>&1; printf '\\n%s%s %d\\n' {finish[..8]} {finish[8..]} $?\n",
                token);
            await WaitAsync(new Regex(Regex.Escape(begin) + "\r?\n"), token);
            var end = new Regex(@"(?s)\A(?<output>.*?)\r?\n" + Regex.Escape(finish) + @" (?<code>\d+)\r?\n");
            var match = await WaitAsync(end, token);
            return new LabCommandResult(int.Parse(match.Groups["code"].ValueSpan), match.Groups["output"].Value, "");
        }, timer.Token, cancellationToken);
    }

    /// <summary>Leaves whatever an earlier client left open, until the machine asks who logs in. A shell that is just on its way out may swallow the keys: they are sent again.</summary>
    private async Task LeaveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Control-C and Control-D: out of a half typed line, out of a shell.
            await SendAsync("\u0003\n\u0004\n", cancellationToken);
            using var soon = Timer(KeysSwallowed, cancellationToken);
            try
            {
                await WaitAsync(LoginPrompt(), soon.Token);
                return;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Once more, as long as the caller's time lasts.
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            // Leave no open root session behind.
            await SendAsync("\u0004", CancellationToken.None);
        }
        catch (IOException)
        {
            // The machine is gone, and the session with it.
        }

        await stream.DisposeAsync();
    }

    private static string Marker() => "M" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(11));

    private static CancellationTokenSource Timer(TimeSpan limit, CancellationToken cancellationToken)
    {
        var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(limit);
        return timer;
    }

    private async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> talk, CancellationToken limited, CancellationToken caller)
    {
        try
        {
            return await talk(limited);
        }
        catch (Exception exception) when (exception is IOException || (exception is OperationCanceledException && !caller.IsCancellationRequested))
        {
            var tail = unread.Length > 300 ? unread[^300..] : unread;
            throw new ForgeException(
                "LabConsoleSilent", ForgeErrorKind.Timeout, $"The serial console does not say what was expected; it said last: {tail.ReplaceLineEndings(" ")}", "See console.log in the lab's folder.", null, exception);
        }
    }

    private async Task SendAsync(string text, CancellationToken cancellationToken) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    /// <summary>Reads until the text that was not consumed yet matches; consumes up to the end of the match.</summary>
    private async Task<Match> WaitAsync(Regex pattern, CancellationToken cancellationToken)
    {
        while (true)
        {
            var match = pattern.Match(unread);
            if (match.Success)
            {
                unread = unread[(match.Index + match.Length)..];
                return match;
            }

            var count = await stream.ReadAsync(buffer, cancellationToken);
            if (count == 0)
            {
                throw new IOException("the machine ended");
            }

            unread += Encoding.UTF8.GetString(buffer, 0, count);
        }
    }

    [GeneratedRegex(@"login: ")]
    private static partial Regex LoginPrompt();

    [GeneratedRegex(@"[Pp]assword: ")]
    private static partial Regex PasswordPrompt();

    [GeneratedRegex(@"[$#] \z|Login incorrect")]
    private static partial Regex LoginOutcome();
}
