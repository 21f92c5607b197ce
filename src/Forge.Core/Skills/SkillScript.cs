using Forge.Core.Actions.Shell;

namespace Forge.Core.Skills;

/// <summary>Checks scripts in a skill's folder.</summary>
internal static class SkillScript
{
    /// <summary>Why a script cannot be used; null where it can.</summary>
    /// <param name="folder">The skill's folder.</param>
    /// <param name="script">Its path in the folder.</param>
    public static string? FaultOf(string folder, string script)
    {
        var path = Path.Combine(folder, script);
        if (!File.Exists(path))
        {
            return $"the script '{script}' is not in the folder";
        }

        var effects = ShellEffectsReader.Read(File.ReadAllText(path));
        return effects.Parsed ? null : $"the script '{script}' cannot be parsed: {effects.Problem}";
    }
}
