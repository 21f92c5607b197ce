using Forge.Core.Errors;

namespace Forge.Core.Skills;

/// <summary>Finds skills by name in a list of folders and engines by the name that a skill gives.</summary>
/// <param name="folders">Folders that hold skill folders; an earlier one wins.</param>
/// <param name="engines">The engines there are.</param>
public sealed class SkillCatalog(IReadOnlyList<string> folders, IReadOnlyList<ISkillEngine> engines)
{
    private readonly string[] _engineNames = [.. engines.Select(e => e.Name)];

    /// <summary>Names of the engines.</summary>
    public IReadOnlyList<string> EngineNames => _engineNames;

    /// <summary>Names of the skills there are, sorted.</summary>
    public IReadOnlyList<string> Names =>
        [.. folders.Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories).Where(d => File.Exists(Path.Combine(d, "skill.yaml")))
            .Select(d => Path.GetFileName(d)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Loads a skill by name or by the path of its folder.</summary>
    /// <exception cref="ForgeException">Ids <c>SkillNotFound</c>, <c>SkillInvalid</c>.</exception>
    public Skill Get(string nameOrPath)
    {
        var folder = nameOrPath.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? nameOrPath
            : folders.Select(f => Path.Combine(f, nameOrPath)).FirstOrDefault(f => File.Exists(Path.Combine(f, "skill.yaml")));
        if (folder is null)
        {
            throw new ForgeException(
                "SkillNotFound",
                ForgeErrorKind.NotFound,
                $"There is no skill '{nameOrPath}' in {string.Join(", ", folders)}.",
                Names.Count == 0 ? "Check that the skills folder came with the module." : $"Skills there are: {string.Join(", ", Names)}.",
                nameOrPath);
        }

        return SkillLoader.Load(folder, _engineNames);
    }

    /// <summary>The engine of a skill.</summary>
    public ISkillEngine EngineOf(Skill skill) => engines.First(e => e.Name == skill.Engine);
}
