using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Forge.Core.Errors;

namespace Forge.Scap.Export;

/// <summary>Exports the rules of all data streams of a folder as lines of JSON: the training data of models that turn a rule's text into a typed action.</summary>
public static class RuleExport
{
    private const string ProfileStream = "ssg-debian12-ds.xml";
    private const string ProfileName = "cis_level2_server";
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads all data streams of a folder, one after another; rules that say the same and come down to the same action are one record.</summary>
    /// <param name="folder">Folder with files <c>ssg-PRODUCT-ds.xml</c>; that of Debian 12 must be among them, its profile decides the split.</param>
    /// <param name="progress">Gets the name of each file before it is read; null for nobody.</param>
    /// <exception cref="ForgeException">Id <c>ExportNoContent</c>: there is no such file. Also what reading one throws.</exception>
    public static IReadOnlyList<ExportedRule> Read(string folder, Action<string>? progress = null)
    {
        var profileStream = Path.Combine(folder, ProfileStream);
        if (!File.Exists(profileStream))
        {
            throw new ForgeException("ExportNoContent", ForgeErrorKind.BadInput, $"{folder} has no {ProfileStream}.", "Give the folder of scap-security-guide's data streams, see lab/content/fetch-content.sh.", folder);
        }

        var profileRules = StreamExport.RulesOf(profileStream, ProfileName);
        var records = new Dictionary<string, ExportedRule>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "ssg-*-ds.xml").Order(StringComparer.Ordinal))
        {
            var product = Path.GetFileName(path)["ssg-".Length..^"-ds.xml".Length];
            progress?.Invoke(path);
            foreach (var rule in StreamExport.Read(path, product, profileRules))
            {
                var key = JsonSerializer.Serialize(new[] { rule.Id, rule.Title, rule.Description, rule.Check, rule.Action?.GetRawText() ?? "" }, Json);
                records[key] = records.TryGetValue(key, out var had) ? Merge(had, rule) : rule;
            }
        }

        return [.. records.OrderBy(r => r.Value.Id, StringComparer.Ordinal).ThenBy(r => r.Key, StringComparer.Ordinal).Select(r => r.Value)];
    }

    /// <summary>Writes records, one line of JSON each.</summary>
    public static void Write(IEnumerable<ExportedRule> rules, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        foreach (var rule in rules)
        {
            writer.WriteLine(JsonSerializer.Serialize(rule, Json));
        }
    }

    private static ExportedRule Merge(ExportedRule had, ExportedRule other) => had with
    {
        Streams = [.. had.Streams.Union(other.Streams).Order(StringComparer.Ordinal)],
        HasFix = had.HasFix || other.HasFix,
        Resources = [.. had.Resources.Union(other.Resources).Order(StringComparer.Ordinal).Take(StreamExport.MostResources)],
    };
}
