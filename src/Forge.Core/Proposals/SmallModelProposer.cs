using System.Text.Json;
using Forge.Core.Actions.Typed;
using Forge.Core.Errors;
using Forge.Core.Models;
using Forge.Core.Thinking;
using Microsoft.Extensions.AI;

namespace Forge.Core.Proposals;

/// <summary>
/// Asks a model that was trained for nothing else: a rule's text in, one typed action out. The likeliest answer is taken as it is where it is an action of the
/// catalogue with names that stand in the text; else the model answers once more and may use nothing else, which ends the same wherever it was right before.
/// </summary>
/// <param name="client">The model.</param>
public sealed class SmallModelProposer(IChatClient client) : IActionProposer, IDisposable
{
    /// <summary>Arm under which its fixes are counted.</summary>
    public const string ArmName = "small-model";

    // The longest true answer is an audit rule of some 100 tokens.
    private const int MostTokens = 160;

    // The keys of Forge.Llama's requests, which this layer does not know.
    private const string Raw = "forge.raw";
    private const string Confidence = "forge.confidence";
    private const string LeastCertain = "forge.least_certain";

    private readonly Lock _spending = new();

    /// <inheritdoc/>
    public string Arm => ArmName;

    /// <inheritdoc/>
    public ModelUsage Spent { get; private set; } = ModelUsage.None;

    /// <inheritdoc/>
    public async Task<ActionProposal?> ProposeAsync(RuleText text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var prompt = HardenerPrompt.Of(text);
        var free = await AskAsync(prompt, null, cancellationToken);
        if (IsNothing(free))
        {
            return null;
        }

        if (Read(free, text) is { } proposal)
        {
            return proposal;
        }

        var bound = await AskAsync(prompt, NarrowedSchema.Of(text), cancellationToken);
        return IsNothing(bound) ? null : Read(bound, text);
    }

    /// <summary>Ends the model's process.</summary>
    public void Dispose() => client.Dispose();

    private static bool IsNothing(ChatResponse response) => ModelReading.ObjectOf(response.Text) is { } json && ModelReading.TextOf(json, "action") == NarrowedSchema.Nothing;

    /// <summary>The proposal of an answer; null where it is none, or names what the text does not.</summary>
    private static ActionProposal? Read(ChatResponse response, RuleText text)
    {
        if (ModelReading.ObjectOf(response.Text) is not { } json)
        {
            return null;
        }

        // First whether it is an action at all: names are read from what can be read.
        try
        {
            ActionCatalog.Default.Parse(json, ArmName);
        }
        catch (ForgeException e) when (e.Id == "ActionInvalid")
        {
            return null;
        }

        if (TextNames.FirstMissing(json, text) is not null)
        {
            return null;
        }

        var certain = Property(response, Confidence) as double? ?? 0;
        var least = Property(response, LeastCertain) as string ?? "";
        return new ActionProposal(json, certain, $"least certain of '{least}' ({certain:0.000})", []);
    }

    private static object? Property(ChatResponse response, string key) =>
        response.AdditionalProperties?.GetValueOrDefault(key) ?? response.Messages.LastOrDefault()?.AdditionalProperties?.GetValueOrDefault(key);

    private async Task<ChatResponse> AskAsync(string prompt, JsonElement? schema, CancellationToken cancellationToken)
    {
        var options = new ChatOptions
        {
            Temperature = 0,
            MaxOutputTokens = MostTokens,
            ResponseFormat = schema is { } json ? ChatResponseFormat.ForJsonSchema(json, "action") : null,
            AdditionalProperties = new() { [Raw] = true, [Confidence] = true },
        };
        var response = await client.GetResponseAsync([new ChatMessage(ChatRole.User, prompt)], options, cancellationToken);
        lock (_spending)
        {
            Spent = Spent.Plus(ModelReading.AnswerOf(response).Usage);
        }

        return response;
    }
}
