using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using OpenAIEnd = OpenAI.Chat.ChatFinishReason;
using OpenAIFormat = OpenAI.Chat.ChatResponseFormat;
using OpenAIMessage = OpenAI.Chat.ChatMessage;

namespace Forge.Models.OpenAI;

/// <summary>Turns messages, options and updates of one library into those of the other. Pure.</summary>
internal static class OpenAIMessages
{
    public static OpenAIMessage Of(ChatMessage message) => message.Role == ChatRole.System ? new SystemChatMessage(message.Text)
        : message.Role == ChatRole.Assistant ? new AssistantChatMessage(message.Text)
        : new UserChatMessage(message.Text);

    public static ChatCompletionOptions OptionsOf(ChatOptions? options)
    {
        var format = options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } json
            ? OpenAIFormat.CreateJsonSchemaFormat(json.SchemaName ?? "answer", WireSchema.Of(schema), jsonSchemaIsStrict: true)
            : null;
#pragma warning disable OPENAI001 // Seed is marked as experimental; servers that do not know it ignore it.
        return new ChatCompletionOptions { MaxOutputTokenCount = options?.MaxOutputTokens, Temperature = options?.Temperature, Seed = options?.Seed, ResponseFormat = format };
#pragma warning restore OPENAI001
    }

    public static ChatResponseUpdate UpdateOf(StreamingChatCompletionUpdate update)
    {
        var made = new ChatResponseUpdate(ChatRole.Assistant, string.Concat(update.ContentUpdate.Select(c => c.Text))) { FinishReason = update.FinishReason is { } end ? Of(end) : null };
        if (update.Usage is { } usage)
        {
            made.Contents.Add(new UsageContent(new UsageDetails
            {
                InputTokenCount = usage.InputTokenCount,
                CachedInputTokenCount = usage.InputTokenDetails?.CachedTokenCount ?? 0,
                OutputTokenCount = usage.OutputTokenCount,
                TotalTokenCount = usage.TotalTokenCount,
            }));
        }

        return made;
    }

    /// <summary>What went wrong after the answer had begun; null where nothing did. The library itself passes over it.</summary>
    public static string? FaultOf(StreamingChatCompletionUpdate update)
    {
#pragma warning disable SCME0001 // Patch, what of a chunk has no property, is marked as experimental.
        return !update.Patch.Contains("$.error"u8) ? null : update.Patch.TryGetValue("$.error.message"u8, out string? message) ? message : "it does not say what";
#pragma warning restore SCME0001
    }

    private static ChatFinishReason Of(OpenAIEnd end) => end switch
    {
        OpenAIEnd.Length => ChatFinishReason.Length,
        OpenAIEnd.ContentFilter => ChatFinishReason.ContentFilter,
        OpenAIEnd.ToolCalls or OpenAIEnd.FunctionCall => ChatFinishReason.ToolCalls,
        _ => ChatFinishReason.Stop,
    };
}
