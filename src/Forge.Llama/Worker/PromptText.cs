using System.Globalization;
using System.Text;
using Forge.Llama.Protocol;

namespace Forge.Llama.Worker;

/// <summary>
/// The tokens of a conversation: by the model's own template where llama.cpp knows it, else in the plain form, which the reply reports: one paragraph a message,
/// <c>Role: text</c>, then <c>Assistant:</c> for the answer. What a message says is data: the text of a control token in it stays text. Only one message of the
/// role <c>raw</c> is the caller's own markup.
/// </summary>
internal static class PromptText
{
    public const string Raw = "raw";

    public static int[] Tokens(NativeModel model, GenerateCall call)
    {
        if (call.Messages is [{ Role: Raw, Text: var text }])
        {
            return model.Tokenize(text + call.Prefix, begin: true, parseSpecial: true);
        }

        if (!model.HasTemplate)
        {
            return model.Tokenize(Plain(call.Messages) + (call.Prefix is { Length: > 0 } prefix ? " " + prefix : ""), begin: true, parseSpecial: false);
        }

        // Nothing that could be taken for markup: the whole is tokenised at once, as the model was trained.
        return call.Messages.Any(m => model.HasControlText(m.Text)) || model.HasControlText(call.Prefix ?? "")
            ? Parts(model, call)
            : model.Tokenize(model.ApplyTemplate(call.Messages) + call.Prefix, begin: true, parseSpecial: true);
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

    // The template is applied to stand-ins; then its own text is tokenised as markup and each message as text.
    private static int[] Parts(NativeModel model, GenerateCall call)
    {
        var key = Guid.NewGuid().ToString("N");
        string StandIn(int index) => string.Create(CultureInfo.InvariantCulture, $"{key}-{index}-");
        var rest = model.ApplyTemplate([.. call.Messages.Select((m, i) => m with { Text = StandIn(i) })])!;
        var tokens = new List<int>();
        for (var i = 0; i < call.Messages.Count; i++)
        {
            var at = rest.IndexOf(StandIn(i), StringComparison.Ordinal);
            if (at < 0)
            {
                // A template that leaves a message out or moves it; what it leaves out is not said.
                continue;
            }

            tokens.AddRange(model.Tokenize(rest[..at], begin: tokens.Count == 0, parseSpecial: true));
            tokens.AddRange(model.Tokenize(call.Messages[i].Text, begin: false, parseSpecial: false));
            rest = rest[(at + StandIn(i).Length)..];
        }

        tokens.AddRange(model.Tokenize(rest, begin: tokens.Count == 0, parseSpecial: true));
        tokens.AddRange(model.Tokenize(call.Prefix ?? "", begin: false, parseSpecial: false));
        return [.. tokens];
    }
}
