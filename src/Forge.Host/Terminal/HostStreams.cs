using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Forge.Host.Terminal;

/// <summary>Where the host reads and writes; tests give their own.</summary>
internal sealed class HostStreams : IDisposable
{
    private const int StandardOutput = 1;

    private const int UnknownWidth = 120;

    /// <summary>errno EPIPE, on Linux and macOS.</summary>
    private const int BrokenPipe = 32;

    /// <summary>ERROR_BROKEN_PIPE (109) and ERROR_NO_DATA (232) of Windows, as HRESULTs.</summary>
    private static readonly int[] BrokenPipeOfWindows = [unchecked((int)0x8007006D), unchecked((int)0x800700E8)];

    /// <summary>Objects, or keys of a person.</summary>
    internal required TextReader In { get; init; }

    /// <summary>Objects.</summary>
    internal required TextWriter Out { get; init; }

    /// <summary>All that is said besides.</summary>
    internal required TextWriter Error { get; init; }

    /// <summary>Asks a person.</summary>
    internal required IPrompt Prompt { get; init; }

    /// <summary>Whether objects may come from <see cref="In"/>.</summary>
    internal bool IsInputRedirected { get; init; }

    /// <summary>Whether a program rather than a person reads <see cref="Out"/>.</summary>
    internal bool IsOutputRedirected { get; init; }

    /// <summary>Whether a program or a file rather than a person reads <see cref="Error"/>.</summary>
    internal bool IsErrorRedirected { get; init; }

    /// <summary>Whether colours are wanted; NO_COLOR says no (no-color.org).</summary>
    internal bool HasColour { get; init; }

    /// <summary>Columns of the terminal.</summary>
    internal int Width { get; init; } = UnknownWidth;

    /// <inheritdoc/>
    public void Dispose()
    {
        Out.Flush();
        Error.Flush();
    }

    /// <summary>Whether a write failed because nobody reads the pipe any more, rather than because of a full disk or the like.</summary>
    internal static bool IsReaderGone(IOException exception) =>
        OperatingSystem.IsWindows() ? BrokenPipeOfWindows.Contains(exception.HResult) : exception.HResult == BrokenPipe;

    /// <summary>The streams of this process.</summary>
    internal static HostStreams OfProcess()
    {
        bool errorRedirected = Console.IsErrorRedirected;
        bool outRedirected = Console.IsOutputRedirected;
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new HostStreams
        {
            In = new StreamReader(Console.OpenStandardInput(), utf8),
            Out = new StreamWriter(Output(), utf8) { AutoFlush = true, NewLine = "\n" },
            Error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true, NewLine = "\n" },
            Prompt = new TerminalPrompt(isPossible: !errorRedirected),
            IsInputRedirected = Console.IsInputRedirected && !IsNothing(),
            IsOutputRedirected = outRedirected,
            IsErrorRedirected = errorRedirected,
            HasColour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            Width = outRedirected && errorRedirected ? UnknownWidth : Columns(),
        };
    }

    /// <summary>
    /// Console's own stream hides that the reader of a pipe has gone, and `forge ... | head -1` must end; a file stream keeps a position of its own, and
    /// a file may be written by several commands in turn.
    /// </summary>
    private static Stream Output()
    {
        var stream = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        if (!stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        return Console.OpenStandardOutput();
    }

    private static int Columns() => Console.WindowWidth is > 0 and int columns ? columns : UnknownWidth;

    /// <summary>Whether standard input is the null device: what services and schedulers give to those who are to read nothing.</summary>
    private static bool IsNothing() => OperatingSystem.IsLinux() && new FileInfo("/proc/self/fd/0").LinkTarget == "/dev/null";
}
