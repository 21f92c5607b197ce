using Forge.StandIn;

namespace System.Management.Automation;

/// <summary>A command that knows its parameter set, its invocation and the current location.</summary>
public abstract class PSCmdlet : Cmdlet
{
    private SessionState? _sessionState;

    protected PSCmdlet()
    {
    }

    public string ParameterSetName => Runtime.ParameterSetName;

    public InvocationInfo MyInvocation => Runtime.Invocation;

    public SessionState SessionState => _sessionState ??= new SessionState();

    private IHostedRuntime Runtime => CommandRuntime as IHostedRuntime
        ?? throw new InvalidOperationException($"{GetType().Name} runs under a host that is no {nameof(IHostedRuntime)}.");

    /// <summary>Preference variables are PowerShell's; here there are none.</summary>
    public object? GetVariableValue(string name) => null;

    public string GetUnresolvedProviderPathFromPSPath(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
}
