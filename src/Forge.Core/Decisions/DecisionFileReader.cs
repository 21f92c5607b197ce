using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Forge.Core.Errors;
using Forge.Core.Schema;
using Forge.Core.Skills;
using YamlDotNet.RepresentationModel;
using ValuesByInput = System.Collections.Generic.IReadOnlyDictionary<string, Forge.Core.Decisions.DecisionValue>;

namespace Forge.Core.Decisions;

/// <summary>Reads a decision file for a skill. The schema is <c>skills/decision.schema.json</c>, embedded here; names and values are the skill's.</summary>
public sealed class DecisionFileReader
{
    private readonly string _path;
    private readonly Skill _skill;
    private readonly List<SchemaError> _errors = [];
    private readonly List<string> _secrets = [];

    private DecisionFileReader(string path, Skill skill) => (_path, _skill) = (path, skill);

    /// <summary>The JSON schema of decision files.</summary>
    public static JsonElement Schema { get; } = ReadSchema();

    /// <summary>Reads a file.</summary>
    /// <exception cref="ForgeException">Ids <c>DecisionNotFound</c>, <c>YamlInvalid</c>, <c>DecisionInvalid</c> with file, line and key of each fault.</exception>
    public static DecisionFile Read(string path, Skill skill)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new ForgeException(
                "DecisionNotFound", ForgeErrorKind.NotFound, $"There is no decision file {full}.", "New-ForgeDecision writes one to fill in.", path);
        }

        return new DecisionFileReader(full, skill).Read(File.ReadAllBytes(full));
    }

    /// <summary>Reads the file that a run was started with; what was approved then is all that is approved.</summary>
    /// <exception cref="ForgeException">As <see cref="Read(string, Skill)"/>, and id <c>DecisionChanged</c> where it or an action of the skill is not as it was.</exception>
    public static DecisionFile ReadSame(string path, Skill skill, string digest)
    {
        var file = Read(path, skill);
        return file.Digest == digest ? file : throw new ForgeException(
            "DecisionChanged",
            ForgeErrorKind.Conflict,
            $"{path}, or an action of the skill {skill.Name}, is not what the run was started with.",
            "Bring the file back as it was, or start a new run with Invoke-ForgeTask -Decision.",
            path);
    }

    private DecisionFile Read(byte[] bytes)
    {
        var document = YamlText.Parse(_path, Encoding.UTF8.GetString(bytes));
        if (document is YamlMappingNode root)
        {
            _errors.AddRange(YamlSchemaValidator.Validate(Schema, _path, root));
        }
        else
        {
            root = [];
            _errors.Add(new SchemaError(_path, 1, "", "must be an object with default, targets or prefer"));
        }

        ThrowIfFaulty();
        if (Child(root, "skill") is YamlScalarNode { Value: { } name } node && name != _skill.Name)
        {
            _errors.Add(new SchemaError(_path, node.Start.Line, "skill", $"the file is for the skill '{name}', the run is of '{_skill.Name}'"));
        }

        var common = Decisions(Child(root, "default"), "default");
        var targets = Entries(Child(root, "targets")).ToDictionary(
            t => ((YamlScalarNode)t.Key).Value!, t => Decisions(t.Value, $"targets.{((YamlScalarNode)t.Key).Value}"), StringComparer.Ordinal);
        var incomplete = CheckComplete(common, targets, root);
        ThrowIfFaulty();
        var scripts = _skill.Decisions.Where(d => d.Action is not null).ToDictionary(d => d.Name, d => File.ReadAllText(Path.Combine(_skill.Folder, d.Action!)), StringComparer.Ordinal);
        return new DecisionFile
        {
            Path = _path,
            Digest = DigestOf(bytes, scripts),
            Prefer = Child(root, "prefer") is YamlSequenceNode list ? [.. list.Children.OfType<YamlScalarNode>().Select(s => s.Value!)] : [],
            Default = common,
            Targets = targets,
            Incomplete = incomplete,
            Scripts = scripts,
            Secrets = _secrets,
        };
    }

    private IReadOnlyDictionary<string, ValuesByInput> Decisions(YamlNode? node, string key)
    {
        var found = new Dictionary<string, ValuesByInput>(StringComparer.Ordinal);
        foreach (var (nameNode, inputs) in Entries(node))
        {
            var name = ((YamlScalarNode)nameNode).Value!;
            var known = _skill.Decisions.Where(d => d.Action is not null).ToList();
            if (known.FirstOrDefault(d => d.Name == name) is not { } decision)
            {
                _errors.Add(new SchemaError(_path, nameNode.Start.Line, $"{key}.{name}", $"the skill '{_skill.Name}' has no such decision; it has {string.Join(", ", known.Select(d => d.Name))}"));
                continue;
            }

            var values = Values(decision, inputs, $"{key}.{name}");
            if (values.Count > 0)
            {
                found[name] = values;
            }
        }

        return found;
    }

    private Dictionary<string, DecisionValue> Values(SkillDecision decision, YamlNode? inputs, string key)
    {
        var values = new Dictionary<string, DecisionValue>(StringComparer.Ordinal);
        foreach (var (nameNode, node) in Entries(inputs))
        {
            var name = ((YamlScalarNode)nameNode).Value!;
            if (decision.Inputs.FirstOrDefault(i => i.Name == name) is not { } input)
            {
                var known = string.Join(", ", decision.Inputs.Select(i => i.Name));
                _errors.Add(new SchemaError(_path, nameNode.Start.Line, $"{key}.{name}", $"the decision has no such input; it has {known}"));
            }
            else if (Value(input, node, $"{key}.{name}") is { Lines.Count: > 0 } value)
            {
                values[name] = value;
            }
        }

        return values;
    }

    private DecisionValue? Value(DecisionInput input, YamlNode node, string key)
    {
        if (node is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: null or "" or "null" or "~" })
        {
            return null;
        }

        if (node is YamlSequenceNode != (input.Type == DecisionInputType.List))
        {
            _errors.Add(new SchemaError(_path, node.Start.Line, key, input.Type == DecisionInputType.List ? "must be a list, for example [one, two]" : "must be one value, not a list"));
            return null;
        }

        var lines = node is YamlSequenceNode list ? list.Children.Cast<YamlScalarNode>().ToList() : [(YamlScalarNode)node];
        foreach (var line in lines)
        {
            if (DecisionValueRule.Fault(input, line.Value ?? "") is { } fault)
            {
                _errors.Add(new SchemaError(_path, line.Start.Line, key, fault));
            }
        }

        var texts = lines.Select(l => l.Value ?? "").ToList();
        if (input.IsSecret)
        {
            _secrets.AddRange(texts);
        }

        return new DecisionValue(texts, node.Start.Line);
    }

    /// <summary>A target's own values and the common ones must be complete together; common ones alone may lack what every target gives itself.</summary>
    private HashSet<string> CheckComplete(
        IReadOnlyDictionary<string, ValuesByInput> common,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, ValuesByInput>> targets,
        YamlMappingNode root)
    {
        foreach (var (target, own) in targets)
        {
            foreach (var (name, values) in own)
            {
                Miss(name, DecisionFile.Merge(common.GetValueOrDefault(name), values), $"targets.{target}.{name}", values.Values.First().Line);
            }
        }

        var incomplete = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, values) in common.Where(c => Missing(c.Key, c.Value) is not null))
        {
            incomplete.Add(name);
            if (!targets.Values.Any(t => t.ContainsKey(name)))
            {
                Miss(name, values, $"default.{name}", values.Values.FirstOrDefault()?.Line ?? root.Start.Line);
            }
        }

        return incomplete;
    }

    private void Miss(string decision, ValuesByInput values, string key, long line)
    {
        if (Missing(decision, values) is { } input)
        {
            _errors.Add(new SchemaError(_path, line, $"{key}.{input.Name}", $"is required and missing: {input.Description}"));
        }
    }

    private DecisionInput? Missing(string decision, ValuesByInput values) =>
        _skill.Decisions.First(d => d.Name == decision).Inputs.FirstOrDefault(i => i.Required && !values.ContainsKey(i.Name));

    private void ThrowIfFaulty()
    {
        if (_errors.Count > 0)
        {
            throw new ForgeException(
                "DecisionInvalid",
                ForgeErrorKind.BadInput,
                string.Join(Environment.NewLine, _errors),
                $"Mend the keys named; New-ForgeDecision -Skill {_skill.Name} writes a file with all that can be given.",
                _path);
        }
    }

    private static string DigestOf(byte[] bytes, Dictionary<string, string> scripts)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(SHA256.HashData(bytes));
        foreach (var (name, script) in scripts.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            sha.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
            sha.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    private static IEnumerable<KeyValuePair<YamlNode, YamlNode>> Entries(YamlNode? node) => (node as YamlMappingNode)?.Children ?? Enumerable.Empty<KeyValuePair<YamlNode, YamlNode>>();

    private static JsonElement ReadSchema()
    {
        using var stream = typeof(DecisionFileReader).Assembly.GetManifestResourceStream("decision.schema.json")
            ?? throw new InvalidOperationException("decision.schema.json is not embedded");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
