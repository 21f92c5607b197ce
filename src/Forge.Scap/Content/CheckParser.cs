using Forge.Scap.Reading;

namespace Forge.Scap.Content;

/// <summary>Reads check and complex-check elements.</summary>
internal static class CheckParser
{
    /// <summary>Reads the check at which the reader stands; the reader ends behind it.</summary>
    public static Check Parse(GuardedXmlReader reader)
    {
        var contents = new List<CheckContent>();
        var exports = new List<CheckExport>();
        var check = new Check
        {
            System = reader.Required("system"),
            Selector = reader.GetAttribute("selector"),
            Negate = BenchmarkParser.Flag(reader, "negate", false),
            MultiCheck = BenchmarkParser.Flag(reader, "multi-check", false),
            Contents = contents,
            Exports = exports,
        };
        XmlWalk.Children(reader, child =>
        {
            switch (child.LocalName)
            {
                case "check-content-ref":
                    contents.Add(new CheckContent(child.Required("href"), child.GetAttribute("name")));
                    break;
                case "check-export":
                    exports.Add(new CheckExport(child.Required("value-id"), child.Required("export-name")));
                    break;
            }

            return false;
        });
        return check;
    }

    /// <summary>Reads the complex check at which the reader stands; the reader ends behind it.</summary>
    public static ComplexCheck ParseComplex(GuardedXmlReader reader)
    {
        var checks = new List<Check>();
        var nested = new List<ComplexCheck>();
        var word = reader.Required("operator");
        var complex = new ComplexCheck
        {
            All = word.ToUpperInvariant() switch
            {
                "AND" => true,
                "OR" => false,
                _ => throw reader.Error($"operator '{word}' is neither AND nor OR", "Take the file from its vendor again; it is not valid XCCDF 1.2."),
            },
            Negate = BenchmarkParser.Flag(reader, "negate", false),
            Checks = checks,
            Nested = nested,
        };
        XmlWalk.Children(reader, child =>
        {
            switch (child.LocalName)
            {
                case "check":
                    checks.Add(Parse(child));
                    return true;
                case "complex-check":
                    nested.Add(ParseComplex(child));
                    return true;
                default:
                    return false;
            }
        });
        return complex;
    }
}
