using Forge.Llama.Protocol;
using Microsoft.Extensions.AI;

namespace Forge.Llama.Client;

/// <summary>Turns the end of a generation into what Microsoft.Extensions.AI gives its callers.</summary>
internal static class ChatAnswer
{
    public static ChatResponse Whole(DoneReply done, TimeSpan load, string? model, LlamaModelStatus status) => new(new ChatMessage(ChatRole.Assistant, done.Text))
    {
        ModelId = model,
        FinishReason = Reason(done),
        Usage = Usage(done),
        AdditionalProperties = Properties(done, load, status),
    };

    public static ChatResponseUpdate Last(DoneReply done, TimeSpan load, string responseId, string? model, LlamaModelStatus status) => new(ChatRole.Assistant, [new UsageContent(Usage(done))])
    {
        ResponseId = responseId,
        ModelId = model,
        FinishReason = Reason(done),
        AdditionalProperties = Properties(done, load, status),
    };

    private static ChatFinishReason Reason(DoneReply done) => done.Reason == DoneReply.LengthReason ? ChatFinishReason.Length : ChatFinishReason.Stop;

    private static UsageDetails Usage(DoneReply done) => new()
    {
        InputTokenCount = done.InputTokens,
        OutputTokenCount = done.OutputTokens,
        TotalTokenCount = done.InputTokens + done.OutputTokens,
        CachedInputTokenCount = done.CachedTokens,
    };

    private static AdditionalPropertiesDictionary Properties(DoneReply done, TimeSpan load, LlamaModelStatus status)
    {
        var properties = Times(done, load, status);
        if (done.Confidence is { } confidence)
        {
            properties[LlamaProperties.Confidence] = confidence;
            properties[LlamaProperties.LeastCertain] = done.LeastCertain ?? "";
        }

        return properties;
    }

    private static AdditionalPropertiesDictionary Times(DoneReply done, TimeSpan load, LlamaModelStatus status) => new()
    {
        [LlamaProperties.LoadMs] = load.TotalMilliseconds,
        [LlamaProperties.QueueMs] = done.QueueMs,
        [LlamaProperties.PromptMs] = done.PromptMs,
        [LlamaProperties.GenerationMs] = done.GenerationMs,
        [LlamaProperties.Template] = status.UsesModelTemplate ? "model" : "plain",
        [LlamaProperties.OffloadedLayers] = status.OffloadedLayers,
    };
}
