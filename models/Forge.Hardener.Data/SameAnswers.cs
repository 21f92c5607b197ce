using System.Text.Json;
using Forge.Core.Errors;
using Forge.Llama;
using Microsoft.Extensions.AI;

namespace Forge.Hardener.Data;

/// <summary>Whether the GGUF file says in llama.cpp what the trained weights say in PyTorch: the same greedy answers to the same prompts.</summary>
internal static class SameAnswers
{
    private const int MostTokens = 160;
    private const int MostShown = 5;

    /// <summary>Two tokens this near (logits) are as likely as each other: F16 sums in another order may choose the other one.</summary>
    private const double Tie = 0.01;

    /// <summary>Compares.</summary>
    /// <param name="answers">What the recipe's answers.py wrote.</param>
    /// <param name="client">The model.</param>
    /// <param name="output">Where the figures go.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>0 where all are the same, but for one, or one in a hundred, where two tokens were as likely as each other; else 1.</returns>
    /// <exception cref="ForgeException">Id <c>AnswersUnreadable</c>: a line is no answer, or there is none.</exception>
    public static async Task<int> RunAsync(string answers, IChatClient client, TextWriter output, CancellationToken cancellationToken)
    {
        var (same, ties, all, tokens, milliseconds) = (0, 0, 0, 0L, 0.0);
        foreach (var (prompt, expected, margin, before, token) in Read(answers))
        {
            var response = await client.GetResponseAsync(
                [new ChatMessage(ChatRole.User, prompt)],
                new ChatOptions { Temperature = 0, MaxOutputTokens = MostTokens, AdditionalProperties = new() { [LlamaProperties.Raw] = true } },
                cancellationToken);
            all++;
            tokens += response.Usage?.OutputTokenCount ?? 0;
            milliseconds += response.AdditionalProperties?.GetValueOrDefault(LlamaProperties.GenerationMs) is double ms ? ms : 0;
            if (string.Equals(response.Text, expected, StringComparison.Ordinal))
            {
                same++;
            }
            else if (margin < Tie && IsAnotherAt(before, token, expected, response.Text))
            {
                ties++;
                output.WriteLine(FormattableString.Invariant($"as likely as each other in PyTorch ({margin:0.0000} apart) after: {before}"));
            }
            else if (all - same - ties <= MostShown)
            {
                output.WriteLine($"PyTorch:   {expected}\nllama.cpp: {response.Text}");
            }
        }

        output.WriteLine(FormattableString.Invariant($"{same} of {all} greedy answers are the same in PyTorch and in llama.cpp; {tokens / Math.Max(0.001, milliseconds / 1000):0} tokens/s generated"));
        return same + ties == all && ties <= Math.Max(1, all / 100) ? 0 : 1;
    }

    /// <summary>Whether the answer leaves the expected one right where the two tokens were; where the expected one ends there, by going on.</summary>
    private static bool IsAnotherAt(string before, string token, string expected, string said) => said.StartsWith(before, StringComparison.Ordinal)
        && (token.Length == 0 ? expected == before : !said.StartsWith(before + token, StringComparison.Ordinal));

    private static IEnumerable<(string Prompt, string Answer, double Margin, string Before, string Token)> Read(string file)
    {
        var any = false;
        foreach (var (index, line) in File.ReadLines(file).Index())
        {
            string? prompt, answer, before, token;
            double margin;
            try
            {
                using var document = JsonDocument.Parse(line);
                var root = document.RootElement;
                (prompt, answer) = (root.GetProperty("prompt").GetString(), root.GetProperty("answer").GetString());
                (margin, before, token) = (root.GetProperty("margin").GetDouble(), root.GetProperty("before").GetString(), root.GetProperty("token").GetString());
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                throw Unreadable($"{file}({index + 1}) is no answer", file, e);
            }

            any = true;
            yield return (prompt!, answer!, margin, before!, token!);
        }

        if (!any)
        {
            throw Unreadable($"{file} holds no answers", file, null);
        }
    }

    private static ForgeException Unreadable(string what, string file, Exception? cause) =>
        new("AnswersUnreadable", ForgeErrorKind.BadInput, $"{what}.", "Give the file that models/forge-hardener/recipe/answers.py wrote.", file, cause);
}
