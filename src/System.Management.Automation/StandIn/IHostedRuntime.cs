using System.Management.Automation;

namespace Forge.StandIn;

/// <summary>What the console host gives to a command besides the streams. Not a part of PowerShell.</summary>
public interface IHostedRuntime : ICommandRuntime2
{
    /// <summary>The parameter set that the arguments chose.</summary>
    string ParameterSetName { get; }

    /// <summary>How the command was called.</summary>
    InvocationInfo Invocation { get; }
}
