using System.Management.Automation;

namespace Forge.StandIn;

/// <summary>Drives one command through its life, as the engine of PowerShell does. Not a part of PowerShell.</summary>
/// <param name="cmdlet">The command.</param>
public sealed class HostedCommand(Cmdlet cmdlet)
{
    private static readonly EngineIntrinsics Engine = new();

    /// <summary>Before the first object of the pipeline.</summary>
    public void Begin() => cmdlet.DoBeginProcessing();

    /// <summary>Once for each object of the pipeline, or once without one.</summary>
    public void Process() => cmdlet.DoProcessRecord();

    /// <summary>After the last object.</summary>
    public void End() => cmdlet.DoEndProcessing();

    /// <summary>From another thread: asks the command to stop.</summary>
    public void Stop() => cmdlet.DoStopProcessing();

    /// <summary>Runs a validation attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="value">The converted argument.</param>
    /// <exception cref="ValidationMetadataException">The attribute refuses the argument.</exception>
    public static void Validate(ValidateArgumentsAttribute attribute, object? value)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        attribute.DoValidate(value, Engine);
    }

    /// <summary>Runs a transformation attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="value">The argument.</param>
    /// <returns>The transformed argument.</returns>
    public static object? Transform(ArgumentTransformationAttribute attribute, object? value)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        return attribute.Transform(Engine, value);
    }

    /// <summary>Makes the record of an invocation.</summary>
    /// <param name="name">The name of the command.</param>
    /// <param name="boundParameters">Filled by the binder.</param>
    /// <param name="expectingInput">Whether objects come from the pipeline.</param>
    /// <returns>The record.</returns>
    public static InvocationInfo CreateInvocation(string name, Dictionary<string, object?> boundParameters, bool expectingInput)
        => new(name, boundParameters, expectingInput);

    /// <summary>The exception of an error under <c>-ErrorAction Stop</c>.</summary>
    /// <param name="record">The error.</param>
    /// <returns>The exception.</returns>
    public static RuntimeException StopBecauseOf(ErrorRecord record) => new ActionPreferenceStopException(record);

    /// <summary>The exception of a terminating error.</summary>
    /// <param name="record">The error.</param>
    /// <returns>The exception.</returns>
    public static RuntimeException Terminate(ErrorRecord record) => new CmdletInvocationException(record);
}
