using System.Text;
using Forge.Host.Terminal;
using Forge.Samples;

namespace Forge.Host.Tests.Samples;

/// <summary>Runs a command line in this process.</summary>
internal sealed class HostRun
{
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    internal string? Input { get; init; }

    internal bool OnTerminal { get; init; }

    /// <summary>The reader of the output goes after so many lines.</summary>
    internal int? LinesRead { get; init; }

    internal string[] Answers { get; init; } = [];

    internal string FormatPath { get; init; } = "/nonexistent";

    internal string Out => _out.ToString();

    internal string Error => _error.ToString();

    internal string[] OutLines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    internal ConsoleHost Host => field ??= new ConsoleHost(
        new HostStreams
        {
            In = new StringReader(Input ?? ""),
            Out = new LeavingReader(_out, LinesRead),
            Error = new StringWriter(_error) { NewLine = "\n" },
            Prompt = new ScriptedPrompt(Answers),
            IsInputRedirected = Input is not null,
            IsOutputRedirected = !OnTerminal,
            IsErrorRedirected = !OnTerminal,
        },
        [typeof(SampleFinding).Assembly])
    {
        FormatPath = FormatPath,
        HandlesSignals = false,
    };

    internal static (int Code, HostRun Run) Of(params string[] arguments)
    {
        var run = new HostRun();
        return (run.Host.Run(arguments), run);
    }

    internal static (int Code, HostRun Run) With(string input, params string[] arguments)
    {
        var run = new HostRun { Input = input };
        return (run.Host.Run(arguments), run);
    }
}
