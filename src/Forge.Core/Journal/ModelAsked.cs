using Forge.Core.Models;

namespace Forge.Core.Journal;

/// <summary>A model was asked. Request and answer are whole, as blobs.</summary>
/// <param name="Role">Role.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Turn">Turn on the item, from 1.</param>
/// <param name="Request">Digest of the blob with the request: messages, schema and settings as JSON.</param>
/// <param name="Answer">Digest of the blob with the answer's text; null where there is none.</param>
/// <param name="Usage">What it cost.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="Fault">Why there is no answer; empty where there is one.</param>
/// <param name="Dropped">What the prompt's budget left out.</param>
public sealed record ModelAsked(
    ModelRole Role, string Model, int Turn, string Request, string? Answer, ModelUsage Usage, double Seconds, string Fault, IReadOnlyList<string> Dropped) : ForgeEvent;
