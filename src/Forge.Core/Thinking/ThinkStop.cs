using Forge.Core.Loop;

namespace Forge.Core.Thinking;

/// <summary>Why models end their work on an item.</summary>
/// <param name="Mode">The rule.</param>
/// <param name="Reason">One sentence without its full stop.</param>
public sealed record ThinkStop(FailureMode Mode, string Reason);
