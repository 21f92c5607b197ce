using YamlDotNet.RepresentationModel;

namespace Forge.Scap.Derivation;

/// <summary>One task of a vendor's Ansible fix, out of its blocks.</summary>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="Module">Short name of its module, without the collection.</param>
/// <param name="Arguments">The module's arguments: a mapping, or free text.</param>
/// <param name="Keys">The task's own keys, for example <c>loop</c> and <c>register</c>.</param>
internal sealed record AnsibleTask(string Name, string Module, YamlNode Arguments, IReadOnlyDictionary<string, YamlNode> Keys)
{
    /// <summary>Whether it is only asked what it would change.</summary>
    public bool IsDryRun => Flag("check_mode") == true;

    /// <summary>Whether it says of itself that it changes nothing.</summary>
    public bool OnlyLooks => Flag("check_mode") == false || Flag("changed_when") == false;

    /// <summary>What it is repeated for; null where it runs once.</summary>
    public YamlNode? Loop => Keys.GetValueOrDefault("loop") ?? Keys.GetValueOrDefault("with_items") ?? Keys.GetValueOrDefault("with_fileglob")
        ?? Keys.GetValueOrDefault("with_together") ?? Keys.GetValueOrDefault("with_dict") ?? Keys.GetValueOrDefault("with_nested");

    /// <summary>Name under which its result is kept; null where it is not.</summary>
    public string? Register => (Keys.GetValueOrDefault("register") as YamlScalarNode)?.Value;

    /// <summary>Its condition as written; empty where it has none.</summary>
    public string When => Keys.GetValueOrDefault("when")?.ToString() ?? "";

    private bool? Flag(string key) => Keys.GetValueOrDefault(key) is YamlScalarNode { Value: { } text } ? AnsibleArguments.Truth(text) : null;
}
