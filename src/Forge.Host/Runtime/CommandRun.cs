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

    /// <summary>The exit code where nobody reads the output any more: 128 and the number of SIGPIPE.</summary>
    internal const int ReaderGone = 141;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

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
        catch (PipelineStoppedException)
        {
            return ReaderGone;
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
        InputUse use = streams.IsInputRedirected ? InputRule.For(bound) : InputUse.None;
        using IEnumerator<InputObject>? input = use == InputUse.None ? null : new InputLines(streams.In).Read(_stop.Token).GetEnumerator();
        bool hasObjects = input is not null && First(input, isOptional: use == InputUse.IfThereIsAny);
        bool isPipeline = hasObjects || use == InputUse.Always;
        string set = isPipeline ? bound.Sets.Names[0] : bound.Sets.Choose(bound.Values.Keys, pipelineMayBind: false);
        var cmdlet = (Cmdlet)Activator.CreateInstance(command.Type)!;
        using var owned = cmdlet as IDisposable;
        var named = bound.Values.ToDictionary(pair => pair.Key.Name, pair => pair.Value);
        if (bound.Change.WhatIf)
        {
            named[nameof(bound.Change.WhatIf)] = bound.Change.WhatIf;
        }

        var invocation = HostedCommand.CreateInvocation(command.Name, named, isPipeline);
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
        if (hasObjects)
        {
            ProcessInput(input!, bound, cmdlet, hosted, runtime);
        }
        else if (!isPipeline)
        {
            hosted.Process();
        }

        hosted.End();
        return ExitCode(cmdlet, runtime);
    }

    /// <summary>Waits for the first object, and says so where the command could do without.</summary>
    private bool First(IEnumerator<InputObject> input, bool isOptional)
    {
        using Timer? patience = isOptional
            ? new Timer(_ => screen.WriteError("forge: waiting for objects on standard input; if none are meant, add </dev/null", TextColour.Grey), null, Patience, Timeout.InfiniteTimeSpan)
            : null;
        return input.MoveNext();
    }

    private void ProcessInput(IEnumerator<InputObject> input, BoundCommand bound, Cmdlet cmdlet, HostedCommand hosted, HostedRuntime runtime)
    {
        var binder = new InputBinder(bound);
        do
        {
            Dictionary<ParameterDescription, object?> values;
            try
            {
                values = binder.Bind(input.Current.Element, input.Current.Line, out string set);
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
        while (input.MoveNext());
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
