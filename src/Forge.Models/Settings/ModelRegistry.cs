using System.Globalization;
using System.Text.Json;
using Forge.Core.Errors;
using Forge.Core.Models;
using Forge.Core.Schema;
using Forge.Core.Storage;
using YamlDotNet.RepresentationModel;

namespace Forge.Models.Settings;

/// <summary>The models that the user added and the role of each: the blocks <c>models</c> and <c>roles</c> of <c>settings.yaml</c>.</summary>
/// <param name="path">Path of the file; it need not exist.</param>
public sealed class ModelRegistry(string path)
{
    private static readonly JsonElement Schema = ReadSchema();

    /// <summary>The file.</summary>
    public string File => path;

    /// <summary>The models in the file's order.</summary>
    /// <exception cref="ForgeException">Id <c>SettingsInvalid</c> with file, line and key.</exception>
    public IReadOnlyList<ModelDescription> Load() =>
        Block(Root(), "models") is { } models ? [.. models.Children.Select(c => Read(((YamlScalarNode)c.Key).Value!, (YamlMappingNode)c.Value))] : [];

    /// <summary>The model's name by role.</summary>
    /// <exception cref="ForgeException">Id <c>SettingsInvalid</c>: also where a role names no model, or the judge is the worker's model.</exception>
    public IReadOnlyDictionary<ModelRole, string> Roles()
    {
        var roles = new Dictionary<ModelRole, string>();
        var names = Load().Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, value) in (Block(Root(), "roles") ?? new YamlMappingNode()).Children)
        {
            var name = ((YamlScalarNode)value).Value!;
            roles[Enum.Parse<ModelRole>(((YamlScalarNode)key).Value!, true)] = names.Contains(name) ? name
                : throw Invalid($"{path}:{value.Start.Line}: roles.{key}: there is no model '{name}'", names.Count == 0 ? "Add it with Add-ForgeModel." : $"Models are {string.Join(", ", names)}.");
        }

        return roles.TryGetValue(ModelRole.Judge, out var judge) && judge == roles.GetValueOrDefault(ModelRole.Worker)
            ? throw Invalid($"{path}: roles.judge: '{judge}' is the worker's model; who makes something never judges it", "Give the judge another model: Add-ForgeModel NAME -Role Judge.")
            : roles;
    }

    /// <summary>Adds a model, or replaces the one of that name, and gives it roles.</summary>
    /// <exception cref="ForgeException">Ids <c>ModelExists</c>, <c>SettingsInvalid</c>.</exception>
    public async Task AddAsync(ModelDescription model, IReadOnlyCollection<ModelRole> roles, bool replace, CancellationToken cancellationToken)
    {
        var all = Load().ToList();
        var at = all.FindIndex(m => m.Name == model.Name);
        if (at >= 0 && !replace)
        {
            throw new ForgeException("ModelExists", ForgeErrorKind.Conflict, $"There is a model '{model.Name}' already.", "Choose another name, or replace it with -Force.", model.Name);
        }

        all.RemoveAll(m => m.Name == model.Name);
        all.Insert(at < 0 ? all.Count : at, model);
        var given = new Dictionary<ModelRole, string>(Roles());
        foreach (var role in roles)
        {
            given[role] = model.Name;
        }

        await SaveAsync(all, given, cancellationToken);
    }

    /// <summary>Forgets a model; its file stays.</summary>
    /// <returns>False where there was none of that name.</returns>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        var all = Load().ToList();
        var roles = Roles().Where(r => r.Value != name).ToDictionary();
        var removed = all.RemoveAll(m => m.Name == name) > 0;
        if (removed)
        {
            await SaveAsync(all, roles, cancellationToken);
        }

        return removed;
    }

    private async Task SaveAsync(IReadOnlyList<ModelDescription> models, IReadOnlyDictionary<ModelRole, string> roles, CancellationToken cancellationToken)
    {
        var text = System.IO.File.Exists(path) ? await System.IO.File.ReadAllTextAsync(path, cancellationToken) : "";
        text = SettingsText.Replace(text, "models", SettingsText.Models(models));
        text = SettingsText.Replace(text, "roles", SettingsText.Roles(roles));
        // What would not be read again is not written.
        Check(text);
        if (roles.TryGetValue(ModelRole.Judge, out var judge) && judge == roles.GetValueOrDefault(ModelRole.Worker))
        {
            throw Invalid($"'{judge}' cannot be worker and judge: who makes something never judges it", "Give the judge another model.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        await AtomicFile.WriteAsync(path, text, cancellationToken);
    }

    private YamlMappingNode? Root() => System.IO.File.Exists(path) ? Check(System.IO.File.ReadAllText(path)) : null;

    private YamlMappingNode? Check(string text)
    {
        var root = YamlText.Parse(path, text);
        var errors = root is null ? [] : YamlSchemaValidator.Validate(Schema, path, root);
        return errors.Count == 0 ? root as YamlMappingNode : throw Invalid(string.Join(Environment.NewLine, errors), "Mend the keys named; about_Forge_Models describes the file.");
    }

    private static YamlMappingNode? Block(YamlMappingNode? root, string key) => root is null ? null : Child(root, key) as YamlMappingNode;

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    private static ModelDescription Read(string name, YamlMappingNode node)
    {
        string? Text(string key) => (Child(node, key) as YamlScalarNode)?.Value;
        int? Number(string key) => Text(key) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
        var standard = new ModelDescription { Name = name, Kind = Enum.Parse<ModelKind>(Text("kind")!, true) };
        return standard with
        {
            Path = Text("path"),
            Digest = Text("digest"),
            Endpoint = Text("endpoint"),
            ModelId = Text("modelId"),
            ApiKeyFile = Text("apiKeyFile"),
            ContextTokens = Number("contextTokens") ?? standard.ContextTokens,
            AnswerTokens = Number("answerTokens") ?? standard.AnswerTokens,
            ReasoningTokens = Number("reasoningTokens") ?? 0,
            OnlyWordsOfItem = Text("onlyWordsOfItem") == "true",
            Temperature = Text("temperature") is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : standard.Temperature,
            IdleSeconds = Number("idleSeconds") ?? standard.IdleSeconds,
            GpuLayers = Number("gpuLayers"),
            Threads = Number("threads"),
        };
    }

    private ForgeException Invalid(string what, string next) => new("SettingsInvalid", ForgeErrorKind.BadInput, what, next, path);

    private static JsonElement ReadSchema()
    {
        using var stream = typeof(ModelRegistry).Assembly.GetManifestResourceStream("settings.schema.json")!;
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }
}
