using System.Collections.Concurrent;
using System.Text.Json;
using Forge.Core.Errors;
using Forge.Host.Binding;

namespace Forge.Host.Runtime;

/// <summary>
/// Reads the objects of standard input: one JSON value a line; an array gives its elements. A line that starts no JSON value is a text, so that a
/// list of host names can be piped as it is. The reading thread is ahead by a bounded number of lines, and Ctrl+C ends the wait for more.
/// </summary>
/// <param name="reader">Standard input.</param>
internal sealed class InputLines(TextReader reader)
{
    private const int LinesAhead = 64;

    /// <summary>Reads the objects as they come.</summary>
    /// <exception cref="ForgeException">A line is no JSON value.</exception>
    /// <exception cref="OperationCanceledException">Ctrl+C.</exception>
    internal IEnumerable<InputObject> Read(CancellationToken cancellationToken)
    {
        using var lines = new BlockingCollection<string>(LinesAhead);
        var thread = new Thread(() => Fill(lines, cancellationToken)) { IsBackground = true, Name = "standard input" };
        thread.Start();
        int number = 0;
        foreach (string line in lines.GetConsumingEnumerable(cancellationToken))
        {
            number++;
            foreach (JsonElement element in Parse(line, number))
            {
                yield return new InputObject(element, number);
            }
        }
    }

    private void Fill(BlockingCollection<string> lines, CancellationToken cancellationToken)
    {
        try
        {
            while (reader.ReadLine() is { } line)
            {
                lines.Add(line, cancellationToken);
            }

            lines.CompleteAdding();
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The command has ended and nobody reads on.
        }
    }

    private static IEnumerable<JsonElement> Parse(string line, int number)
    {
        string text = line.Trim();
        if (text.Length == 0)
        {
            return [];
        }

        if (!LooksLikeJson(text))
        {
            return [JsonSerializer.SerializeToElement(text)];
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement.Clone();
            return root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
        }
        catch (JsonException exception)
        {
            throw BindingErrors.Malformed(number, exception.Message);
        }
    }

    private static bool LooksLikeJson(string text)
        => text[0] is '{' or '[' or '"' || text is "null" or "true" or "false" || double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _);
}
