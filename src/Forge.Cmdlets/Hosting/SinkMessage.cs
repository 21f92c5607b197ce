using System.Management.Automation;

namespace Forge.Cmdlets.Hosting;

/// <summary>One thing to do on the pipeline thread.</summary>
/// <param name="Apply">Does it.</param>
/// <param name="Abandon">Tells whoever waits that it will not be done; null where nobody waits.</param>
internal readonly record struct SinkMessage(Action<Cmdlet> Apply, Action? Abandon = null);
