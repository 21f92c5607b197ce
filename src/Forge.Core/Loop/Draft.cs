using Forge.Core.Actions;
using Forge.Core.Actions.Shell;
using Forge.Core.Actions.Typed;
using Forge.Core.Findings;
using Forge.Core.Operations;
using Forge.Core.Policy;

namespace Forge.Core.Loop;

/// <summary>A change that may be tried: chosen, classed, allowed and confirmed.</summary>
/// <param name="Entry">The item.</param>
/// <param name="Attempt">Number of the attempt, from 1.</param>
/// <param name="Action">The change.</param>
/// <param name="Digest">SHA-256 of its exact bytes, lower-case hexadecimal.</param>
/// <param name="Risk">Its class.</param>
/// <param name="NeedsDeadMan">Only with a dead-man revert armed on the host.</param>
public sealed record Draft(ItemEntry Entry, int Attempt, ForgeAction Action, string Digest, RiskAssessment Risk, bool NeedsDeadMan)
{
    /// <summary>The item's id.</summary>
    public string Id => Entry.Finding.Id;

    /// <summary>What the parsed action does.</summary>
    public ShellEffects Effects { get; } = ShellEffectsReader.Read(Action.ToScript());

    /// <summary>Units that it is to stop.</summary>
    public IReadOnlyList<string> Stops => Action is TypedAction typed ? typed.Stops : Effects.StoppedServices;

    /// <summary>All that it is known to touch before it ran.</summary>
    public IReadOnlyList<Resource> Resources => [.. Action.Resources.Union(Effects.Resources)];

    /// <summary>The same as a set.</summary>
    public ResourceOverlap Named => field ??= new ResourceOverlap(Resources, HostChanges.None);

    /// <summary>Name of its change in a run on a target.</summary>
    public OperationId OperationIdIn(string run, string target) => OperationId.Of(run, target, Id, Attempt, "apply", Action.ToBytes());
}
