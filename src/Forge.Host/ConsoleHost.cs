using System.Reflection;
using System.Runtime.InteropServices;
using Forge.Cmdlets.Hosting;
using Forge.Host.Discovery;
using Forge.Host.Help;
using Forge.Host.Output;
using Forge.Host.Output.Views;
using Forge.Host.Runtime;
using Forge.Host.Terminal;

namespace Forge.Host;

/// <summary>The command line of <c>forge</c>: finds the command, runs it, handles signals.</summary>
/// <param name="streams">Where to read and write.</param>
/// <param name="assemblies">Where the commands are.</param>
internal sealed class ConsoleHost(HostStreams streams, IReadOnlyList<Assembly> assemblies)
{
    private const string FormatFile = "Forge.Format.ps1xml";

    private readonly CommandCatalog _catalog = new(assemblies);
    private int _signals;

    /// <summary>The version of Forge.</summary>
    internal static string Version { get; } = typeof(ConsoleHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Where the views are.</summary>
    internal string FormatPath { get; init; } = Path.Combine(AppContext.BaseDirectory, FormatFile);

    /// <summary>Whether signals of the process end the command.</summary>
    internal bool HandlesSignals { get; init; } = true;

    /// <summary>The running command; tests stop it.</summary>
    internal CommandRun? Current { get; private set; }

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code.</returns>
    internal int Run(string[] arguments)
    {
        switch (arguments)
        {
            case []:
                streams.Error.WriteLine(HostHelp.Usage);
                return (int)ForgeOutcome.BadInput;
            case ["--version", ..]:
                return Say([$"forge {Version}"]);
            case ["--list", ..]:
                return Say(_catalog.Names);
            case ["--help-file", string file]:
                return WriteHelp(file);
            case ["--help" or "-h" or "-?" or "help"]:
                return Say([HostHelp.Usage]);
            case ["--help" or "-h" or "-?" or "help", string topic, ..]:
                return Help(topic);
            default:
                string[] rest = arguments[1..];
                return rest.Any(argument => argument is "-?" or "--help") ? Help(arguments[0]) : Invoke(arguments[0], rest);
        }
    }

    /// <summary>Writes text for a person; one who has gone (<c>| head -1</c>) has read what she wanted.</summary>
    private int Say(IEnumerable<string> lines)
    {
        try
        {
            foreach (string line in lines)
            {
                streams.Out.WriteLine(line);
            }
        }
        catch (IOException exception) when (HostStreams.IsReaderGone(exception))
        {
            return (int)ForgeOutcome.Holds;
        }
        catch (IOException exception)
        {
            streams.Error.WriteLine($"forge: standard output cannot be written: {exception.Message} [OutputFailed]");
            streams.Error.WriteLine("  next:  look at the file or disk that the output goes to.");
            return (int)ForgeOutcome.Failed;
        }

        return (int)ForgeOutcome.Holds;
    }

    /// <summary>Writes PowerShell's help file; the build of the module calls it.</summary>
    private int WriteHelp(string file)
    {
        try
        {
            HelpFile.Of(_catalog.Names.Select(name => _catalog.Find(name)!), new CommandDocs(assemblies)).Save(file);
            return (int)ForgeOutcome.Holds;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            streams.Error.WriteLine($"forge: {file} cannot be written: {exception.Message} [OutputFailed]");
            streams.Error.WriteLine("  next:  give a path in a folder that exists and can be written to.");
            return (int)ForgeOutcome.Failed;
        }
    }

    private int Help(string name)
    {
        return _catalog.Find(name) is { } command ? Say([CommandHelp.Of(command, new CommandDocs(assemblies))]) : Unknown(name);
    }

    private int Unknown(string name)
    {
        IReadOnlyList<string> near = _catalog.Nearest(name);
        streams.Error.WriteLine($"forge: there is no command {name} [CommandNotFound]");
        streams.Error.WriteLine($"  next:  {(near.Count > 0 ? $"did you mean {string.Join(" or ", near)}?" : "forge --list names all commands.")}");
        return (int)ForgeOutcome.BadInput;
    }

    private int Invoke(string name, string[] arguments)
    {
        if (_catalog.Find(name) is not { } command)
        {
            return Unknown(name);
        }

        var screen = new Screen(streams);
        using ViewWriter? views = streams.IsOutputRedirected ? null : new ViewWriter(screen, FormatCatalog.Load(FormatPath));
        using var run = new CommandRun(command, streams, screen, (IObjectWriter?)views ?? new JsonLineWriter(screen));
        Current = run;
        using PosixSignalRegistration? interrupt = HandlesSignals ? PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal) : null;
        using PosixSignalRegistration? terminate = HandlesSignals ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal) : null;
        return run.Run(arguments);

        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            if (_signals++ > 0)
            {
                Environment.Exit(CommandRun.Interrupted);
            }

            screen.WriteError("Stopping: the current step finishes or is rolled back. Press Ctrl+C again to end at once.", TextColour.Yellow);
            ThreadPool.QueueUserWorkItem(_ => run.Stop());
        }
    }
}
