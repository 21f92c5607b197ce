using Forge.Core.Models;

namespace Forge.Core.Journal;

/// <summary>The small model was asked about an item's text.</summary>
/// <param name="Usage">What its requests cost, one or two.</param>
/// <param name="Seconds">Wall time, the start of its process included.</param>
/// <param name="Model">Name and digest of the model; empty in journals of before.</param>
public sealed record ProposerAsked(ModelUsage Usage, double Seconds, string Model = "") : ForgeEvent;
