using Forge.Core.Errors;
using Forge.Llama.Grammar;
using Forge.Llama.Protocol;
using Microsoft.Extensions.AI;

namespace Forge.Llama.Client;

/// <summary>Turns what Microsoft.Extensions.AI asks into a call; what cannot be honoured is an error, not left out.</summary>
internal static class ChatRequest
{
    private const string RawRole = "raw";

    /// <exception cref="ForgeException">Ids <c>ModelOptionUnsupported</c>, <c>ModelSchemaUnsupported</c>.</exception>
    public static GenerateCall Call(IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream)
    {
        ArgumentNullException.ThrowIfNull(messages);
        Refuse(options?.Tools is { Count: > 0 }, "Tools");
        Refuse(options?.FrequencyPenalty is not (null or 0), "FrequencyPenalty");
        Refuse(options?.PresencePenalty is not (null or 0), "PresencePenalty");
        Refuse(options?.ConversationId is not null, "ConversationId");
        Refuse(options?.MaxOutputTokens is <= 0, "a MaxOutputTokens below 1");
        Refuse(options?.Temperature is < 0 or float.NaN, "a Temperature below 0");
        var texts = messages.Select(Message).ToList();
        if (options?.Instructions is { Length: > 0 } instructions)
        {
            texts.Insert(0, new MessageCall(ChatRole.System.Value, instructions));
        }

        return new GenerateCall
        {
            Messages = Property<bool>(options, LlamaProperties.Raw) ? [Raw(texts)] : texts,
            Prefix = Property<string>(options, LlamaProperties.Prefix),
            Sequence = Property<string>(options, LlamaProperties.Sequence),
            Stream = stream,
            MaxTokens = options?.MaxOutputTokens,
            Temperature = options?.Temperature ?? 0,
            TopK = options?.TopK,
            TopP = options?.TopP,
            Seed = options?.Seed,
            Grammar = Property<string>(options, LlamaProperties.Grammar) ?? GrammarOf(options?.ResponseFormat),
            Confidence = Property<bool>(options, LlamaProperties.Confidence),
            Stop = options?.StopSequences is { Count: > 0 } stops ? [.. stops.Where(s => s.Length > 0)] : null,
        };
    }

    private static string? GrammarOf(ChatResponseFormat? format) =>
        format is ChatResponseFormatJson json ? json.Schema is { } schema ? JsonSchemaGrammar.Of(schema) : JsonSchemaGrammar.AnyObject : null;

    private static MessageCall Message(ChatMessage message)
    {
        foreach (var content in message.Contents)
        {
            Refuse(content is not (TextContent or UsageContent), $"content of the kind {content.GetType().Name}");
        }

        return new MessageCall(message.Role.Value, message.Text);
    }

    private static MessageCall Raw(List<MessageCall> texts)
    {
        Refuse(texts.Count != 1, $"{LlamaProperties.Raw} with {texts.Count} messages (one is needed)");
        return texts[0] with { Role = RawRole };
    }

    private static T? Property<T>(ChatOptions? options, string name)
    {
        if (options?.AdditionalProperties is not { } properties || !properties.TryGetValue(name, out var value) || value is null)
        {
            return default;
        }

        Refuse(value is not T, $"{name} of the type {value.GetType().Name}");
        return (T)value;
    }

    private static void Refuse(bool isUnsupported, string what)
    {
        if (isUnsupported)
        {
            throw new ForgeException("ModelOptionUnsupported", ForgeErrorKind.BadInput, $"A local model cannot take {what}.", "Leave it out, or use a model behind a server that has it.");
        }
    }
}
