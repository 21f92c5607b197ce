using System.Management.Automation;
using Forge.Cmdlets.Skills;
using Forge.Cmdlets.Targets;
using Forge.Core.Errors;

namespace Forge.Cmdlets.Tasks;

/// <summary>Base of commands that let a skill work on targets: the skill's parameters.</summary>
public abstract class SkillTargetCmdlet : TargetCmdlet
{
    /// <summary>Skill by name or by the path of its folder.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Skill by name or by the path of its folder; default the only one that needs no parameter.")]
    [ArgumentCompleter(typeof(SkillCompleter))]
    public string? Skill { get; set; }

    /// <summary>Profile or selection of the content.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Profile by id, by the end of its id, or by its title.")]
    public string? Profile { get; set; }

    /// <summary>Content.</summary>
    [Parameter(HelpMessage = "Path of the content on this machine; default the newest found here and on the target.")]
    public string? Content { get; set; }

    /// <summary>Tailoring.</summary>
    [Parameter(HelpMessage = "Path of a tailoring file on this machine.")]
    public string? Tailoring { get; set; }

    /// <summary>Further parameters of the skill.</summary>
    [Parameter(HelpMessage = "Further parameters of the skill, as name=value.")]
    public string[] Parameter { get; set; } = [];

    /// <summary>The skill that is meant.</summary>
    protected string SkillName => Skill ?? SkillWith(null);

    /// <summary>The only skill that needs a parameter, or that needs none.</summary>
    /// <param name="parameter">Name of the parameter; null for none.</param>
    /// <exception cref="ForgeException">Id <c>SkillMissing</c>: there is no such skill, or more than one.</exception>
    protected static string SkillWith(string? parameter)
    {
        bool Fits(string name) => Services.Skills.Get(name).Parameters.Where(p => p.Value.Required).Select(p => p.Key).ToList() is var required
            && (parameter is null ? required.Count == 0 : required.Contains(parameter));
        return Services.Skills.Names.Where(Fits).ToList() is [var only] ? only : throw new ForgeException(
            "SkillMissing", ForgeErrorKind.BadInput, "No skill was given.", $"Give -Skill; there are {string.Join(", ", Services.Skills.Names)}.");
    }

    /// <summary>Parameters of the skill that a command has parameters of its own for.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> OwnParameters() => [];

    /// <summary>The skill's parameters as given.</summary>
    protected Dictionary<string, string> SkillParameters()
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        void Set(string name, string? value)
        {
            if (value is not null)
            {
                parameters[name] = value;
            }
        }

        Set("profile", Profile);
        Set("content", Content is { } content ? GetUnresolvedProviderPathFromPSPath(content) : null);
        Set("tailoring", Tailoring is { } tailoring ? GetUnresolvedProviderPathFromPSPath(tailoring) : null);
        foreach (var (name, value) in OwnParameters())
        {
            Set(name, value);
        }

        foreach (var pair in Parameter)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                throw new ForgeException("ParameterInvalid", ForgeErrorKind.BadInput, $"-Parameter '{pair}' is not of the form name=value.", "Write for example -Parameter profile=standard.", pair);
            }

            parameters[pair[..at]] = pair[(at + 1)..];
        }

        var known = Services.Skills.Get(SkillName).Parameters;
        if (parameters.Keys.FirstOrDefault(k => !known.ContainsKey(k)) is { } unknown)
        {
            throw new ForgeException("ParameterUnknown", ForgeErrorKind.BadInput, $"The skill {SkillName} has no parameter '{unknown}'.", $"It has {string.Join(", ", known.Keys)}.", unknown);
        }

        return parameters;
    }
}
