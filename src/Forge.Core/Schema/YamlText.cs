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
            throw new ForgeException(
                "YamlInvalid",
                ForgeErrorKind.BadInput,
                $"{file}:{e.Start.Line}:{e.Start.Column}: not valid YAML: {e.InnerException?.Message ?? e.Message}",
                "Mend the line named; a tab for indentation and an unclosed quote are the usual causes.",
                file,
                e);
        }
    }
}
