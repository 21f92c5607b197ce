using Forge.Core.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Forge.Core.Schema;

/// <summary>Reads one YAML document, naming file and line of a syntax error.</summary>
public static class YamlText
{
    /// <summary>Parses text.</summary>
    /// <returns>The root; null for an empty document.</returns>
    /// <exception cref="ForgeException">Id <c>YamlInvalid</c>.</exception>
    public static YamlNode? Parse(string file, string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode;
        }
        catch (YamlException e)
        {
            throw Invalid(file, e.Start, e.InnerException?.Message ?? e.Message, e);
        }
        catch (InvalidOperationException e)
        {
            // The library's way to say that a list or object does not end as it must; it names no place, so the last good one is looked up.
            throw Invalid(file, LastGood(text), "what follows does not belong here; a bracket, brace or quote does not end", e);
        }
    }

    private static Mark LastGood(string text)
    {
        var parser = new Parser(new StringReader(text));
        var last = Mark.Empty;
        try
        {
            while (parser.MoveNext())
            {
                last = parser.Current!.End;
            }
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException)
        {
            // This is the place that was looked for.
            return last;
        }

        return last;
    }

    private static ForgeException Invalid(string file, Mark at, string why, Exception inner) => new(
        "YamlInvalid",
        ForgeErrorKind.BadInput,
        $"{file}:{at.Line}:{at.Column}: not valid YAML: {why}",
        "Mend the line named; a tab for indentation and an unclosed quote are the usual causes.",
        file,
        inner);
}
