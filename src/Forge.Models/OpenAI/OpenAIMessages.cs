using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
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
            ? OpenAIFormat.CreateJsonSchemaFormat(json.SchemaName ?? "answer", BinaryData.FromString(schema.GetRawText()), jsonSchemaIsStrict: true)
            : null;
#pragma warning disable OPENAI001 // Seed is marked as experimental; servers that do not know it ignore it.
        return new ChatCompletionOptions { MaxOutputTokenCount = options?.MaxOutputTokens, Temperature = options?.Temperature, Seed = options?.Seed, ResponseFormat = format };
#pragma warning restore OPENAI001
    }

    public static ChatResponseUpdate UpdateOf(StreamingChatCompletionUpdate update)
    {
        var made = new ChatResponseUpdate(ChatRole.Assistant, string.Concat(update.ContentUpdate.Select(c => c.Text)));
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
}
