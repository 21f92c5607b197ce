using Forge.Core.Models;
using Forge.Core.Skills;

namespace Forge.Core.Prompts;

/// <summary>The prompts of a skill: <c>prompts/worker.md</c>, <c>architect.md</c> and <c>reflector.md</c> in its folder, else those that came with Forge.</summary>
/// <param name="skill">The skill.</param>
public sealed class PromptLibrary(Skill skill)
{
    /// <summary>The places that prompts may have.</summary>
    public static IReadOnlyCollection<string> Places { get; } = ["tools", "skill", "item", "facts", "lessons", "plan", "attempts", "trigger"];

    private readonly Dictionary<ModelRole, PromptTemplate> _templates = [];

    /// <summary>The prompt of a role.</summary>
    /// <exception cref="Errors.ForgeException">Id <c>PromptInvalid</c> with file and line.</exception>
    public PromptTemplate For(ModelRole role)
    {
        if (!_templates.TryGetValue(role, out var template))
        {
            var name = FileNameOf(role);
            var own = Path.Combine(skill.Folder, "prompts", name);
            template = File.Exists(own) ? PromptTemplate.Parse(own, File.ReadAllText(own), Places) : PromptTemplate.Parse(name, Shipped(name), Places);
            _templates[role] = template;
        }

        return template;
    }

    /// <summary>Name of the file of a role's prompt.</summary>
    public static string FileNameOf(ModelRole role) => $"{role.ToString().ToLowerInvariant()}.md";

    private static string Shipped(string name)
    {
        using var stream = typeof(PromptLibrary).Assembly.GetManifestResourceStream($"prompts.{name}") ?? throw new InvalidOperationException($"{name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
