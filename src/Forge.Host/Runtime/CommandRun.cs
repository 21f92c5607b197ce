using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using Forge.Cmdlets.Hosting;
using Forge.Core.Errors;
using Forge.Host.Binding;
using Forge.Host.Discovery;
using Forge.Host.Output;
using Forge.Host.Terminal;
using Forge.StandIn;

namespace Forge.Host.Runtime;

/// <summary>Runs one command from its arguments to its exit code.</summary>
/// <param name="command">The command.</param>
/// <param name="streams">Where it reads and writes.</param>
/// <param name="screen">Lines and progress.</param>
/// <param name="output">Objects.</param>
internal sealed class CommandRun(CommandDescription command, HostStreams streams, Screen screen, IObjectWriter output) : IDisposable
{
    /// <summary>The exit code after Ctrl+C: 128 and the number of SIGINT, as shells have it.</summary>
    internal const int Interrupted = 130;

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<ParameterDescription, object?> _defaults = [];
    private readonly Lock _lock = new();
    private HostedCommand? _hosted;
    private HostedRuntime? _runtime;
    private bool _inFull;

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <summary>Asks the command to finish its current step; from any thread.</summary>
    internal void Stop()
    {
        HostedCommand? hosted;
        lock (_lock)
        {
            hosted = _hosted;
            _runtime?.Stop();
        }

        _stop.Cancel();
        hosted?.Stop();
    }

    /// <summary>Runs the command.</summary>
    /// <param name="arguments">What follows its name.</param>
    /// <returns>The exit code.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "The outermost edge: every exception is shown and ends in an exit code.")]
    internal int Run(IReadOnlyList<string> arguments)
    {
        try
        {
            return Execute(new CommandLineBinder(command).Bind(arguments));
        }
        catch (Exception exception) when (_stop.IsCancellationRequested && exception is PipelineStoppedException or OperationCanceledException)
        {
            return Interrupted;
        }
        catch (RuntimeException exception)
        {
            return Fail(exception.ErrorRecord);
        }
        catch (Exception exception)
        {
            return Fail(ErrorMapping.ToRecord(exception));
        }
        finally
        {
            output.Complete();
            screen.Close();
        }
    }

    private int Execute(BoundCommand bound)
    {
        _inFull = bound.Common.Debug;
        bool readsInput = ReadsInput(bound);
        string set = readsInput ? bound.Sets.Names[0] : bound.Sets.Choose(bound.Values.Keys, pipelineMayBind: false);
        var cmdlet = (Cmdlet)Activator.CreateInstance(command.Type)!;
        using var owned = cmdlet as IDisposable;
        var invocation = HostedCommand.CreateInvocation(command.Name, bound.Values.ToDictionary(pair => pair.Key.Name, pair => pair.Value), readsInput);
        var runtime = new HostedRuntime(bound, screen, output, new Confirmation(bound, screen, streams.Prompt), invocation) { ParameterSetName = set };
        cmdlet.CommandRuntime = runtime;
        Remember(cmdlet);
        Assign(cmdlet, bound.Values);
        var hosted = new HostedCommand(cmdlet);
        lock (_lock)
        {
            (_hosted, _runtime) = (hosted, runtime);
        }

        _stop.Token.ThrowIfCancellationRequested();
        hosted.Begin();
        if (readsInput)
        {
            ProcessInput(bound, cmdlet, hosted, runtime);
        }
        else
        {
            hosted.Process();
        }

        hosted.End();
        return ExitCode(cmdlet, runtime);
    }

    /// <summary>
    /// Input is read where it is redirected and something is left for it to bind: always if a mandatory parameter is, else only if no parameter that
    /// takes objects by value was given, because a command that has its subject must not wait for a pipe that nobody closes.
    /// </summary>
    private bool ReadsInput(BoundCommand bound)
    {
        if (!streams.IsInputRedirected || !command.TakesPipeline)
        {
            return false;
        }

        bool Open(ParameterDescription parameter, Func<ParameterAttribute, bool> condition)
            => !bound.Values.ContainsKey(parameter) && bound.Sets.Has(parameter, condition);

        if (command.Parameters.Any(parameter => Open(parameter, place => place.Mandatory && (place.ValueFromPipeline || place.ValueFromPipelineByPropertyName))))
        {
            return !CompleteWithoutInput(bound);
        }

        return command.Parameters.Any(parameter => Open(parameter, place => place.ValueFromPipeline))
            && !bound.Values.Keys.Any(parameter => parameter.Sets.Values.Any(place => place.ValueFromPipeline));
    }

    /// <summary>Whether one way of calling the command is complete without its input and was clearly meant: something was given that only it takes.</summary>
    private static bool CompleteWithoutInput(BoundCommand bound)
    {
        try
        {
            string set = bound.Sets.Choose(bound.Values.Keys, pipelineMayBind: false);
            return bound.Values.Keys.Any(parameter => !parameter.IsInAllSets && parameter.Sets.ContainsKey(set));
        }
        catch (ForgeException)
        {
            return false;
        }
    }

    private void ProcessInput(BoundCommand bound, Cmdlet cmdlet, HostedCommand hosted, HostedRuntime runtime)
    {
        var binder = new InputBinder(bound);
        foreach (InputObject input in new InputLines(streams.In).Read(_stop.Token))
        {
            Dictionary<ParameterDescription, object?> values;
            try
            {
                values = binder.Bind(input.Element, input.Line, out string set);
                runtime.ParameterSetName = set;
            }
            catch (ForgeException exception)
            {
                cmdlet.WriteError(ErrorMapping.ToRecord(exception));
                continue;
            }

            Assign(cmdlet, _defaults.Where(pair => !bound.Values.ContainsKey(pair.Key)));
            Assign(cmdlet, values);
            foreach ((ParameterDescription parameter, object? value) in values)
            {
                runtime.Invocation.BoundParameters[parameter.Name] = value!;
            }

            hosted.Process();
            foreach (ParameterDescription parameter in values.Keys)
            {
                runtime.Invocation.BoundParameters.Remove(parameter.Name);
            }
        }
    }

    private void Remember(Cmdlet cmdlet)
    {
        foreach (ParameterDescription parameter in command.Parameters.Where(parameter => parameter.Property is { CanRead: true, CanWrite: true }))
        {
            _defaults[parameter] = parameter.Property.GetValue(cmdlet);
        }
    }

    private static void Assign(Cmdlet cmdlet, IEnumerable<KeyValuePair<ParameterDescription, object?>> values)
    {
        foreach ((ParameterDescription parameter, object? value) in values)
        {
            parameter.Property.SetValue(cmdlet, value);
        }
    }

    private static int ExitCode(Cmdlet cmdlet, HostedRuntime runtime)
    {
        if (cmdlet is IForgeOutcome { Outcome: not ForgeOutcome.Holds } said)
        {
            return (int)said.Outcome;
        }

        return (int)(runtime.ErrorCount == 0 ? ForgeOutcome.Holds
            : runtime.BadInputCount == runtime.ErrorCount ? ForgeOutcome.BadInput
            : ForgeOutcome.Failed);
    }

    private int Fail(ErrorRecord record)
    {
        ErrorText.Write(screen, record, command.Name, _inFull);
        return (int)(record.CategoryInfo.Category == ErrorCategory.InvalidArgument ? ForgeOutcome.BadInput : ForgeOutcome.Failed);
    }
}
