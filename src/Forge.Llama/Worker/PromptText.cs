using System.Text;
using Forge.Llama.Protocol;

namespace Forge.Llama.Worker;

/// <summary>
/// The text of a conversation: by the model's own template where llama.cpp knows it, else the plain form, which the reply reports: one paragraph a message,
/// <c>Role: text</c>, then <c>Assistant:</c> for the answer. One message of the role <c>raw</c> alone is passed as it is.
/// </summary>
internal static class PromptText
{
    public const string Raw = "raw";

    public static string Of(NativeModel model, GenerateCall call)
    {
        if (call.Messages is [{ Role: Raw, Text: var text }])
        {
            return text + call.Prefix;
        }

        return (model.HasTemplate ? model.ApplyTemplate(call.Messages) : null) is { } applied ? applied + call.Prefix : Plain(call.Messages) + Spaced(call.Prefix);
    }

    internal static string Plain(IReadOnlyList<MessageCall> messages)
    {
        var text = new StringBuilder();
        foreach (var message in messages)
        {
            text.Append(char.ToUpperInvariant(message.Role[0])).Append(message.Role.AsSpan(1)).Append(": ").Append(message.Text).Append("\n\n");
        }

        return text.Append("Assistant:").ToString();
    }

    private static string Spaced(string? prefix) => prefix is { Length: > 0 } ? " " + prefix : "";
}
