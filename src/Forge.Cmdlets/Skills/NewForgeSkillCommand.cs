using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Core.Errors;
using Forge.Core.Skills;

namespace Forge.Cmdlets.Skills;

/// <summary>Writes the folder of a new skill, ready to be filled in.</summary>
/// <example>
/// <para>Writes the folder of a skill of your own.</para>
/// <code>New-ForgeSkill our-baseline -Title 'Our own baseline'</code>
/// </example>
/// <example>
/// <para>Writes it elsewhere and checks it.</para>
/// <code>
/// New-ForgeSkill our-baseline -Path ./skills
/// Test-ForgeSkill ./skills/our-baseline
/// </code>
/// </example>
[Cmdlet(VerbsCommon.New, "ForgeSkill", SupportsShouldProcess = true)]
[OutputType(typeof(Skill))]
public sealed class NewForgeSkillCommand : ForgeCmdlet
{
    /// <summary>Name: lower-case letters, digits, dashes.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "Name: lower-case letters, digits, dashes.")]
    [ValidatePattern("^[a-z][a-z0-9-]*$")]
    public string Name { get; set; } = "";

    /// <summary>One line for people.</summary>
    [Parameter(HelpMessage = "One line for people.")]
    public string Title { get; set; } = "A new skill";

    /// <summary>Engine.</summary>
    [Parameter(HelpMessage = "Engine that makes it work.")]
    public string Engine { get; set; } = "xccdf";

    /// <summary>Folder to make it in.</summary>
    [Parameter(HelpMessage = "Folder to make it in; default the user's own skills.")]
    public string? Path { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var services = ForgeServices.Current;
        var folder = System.IO.Path.Combine(Path is { } p ? GetUnresolvedProviderPathFromPSPath(p) : services.Home.SkillsFolder, Name);
        if (Directory.Exists(folder))
        {
            throw new ForgeException("SkillExists", ForgeErrorKind.Conflict, $"{folder} exists already.", "Choose another name, or remove the folder.", folder);
        }

        if (await sink.ShouldProcessAsync(folder, "write a new skill"))
        {
            Directory.CreateDirectory(folder);
            var manifest = $"""
                name: {Name}
                title: "{Title.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}"
                version: 0.1.0
                engine: {Engine}
                # Script that makes a target ready, run as root and recorded: prepare: prepare.sh
                parameters: {"{}"}
                settings: {"{}"}
                # Order of work, see Get-Help about_Forge_Skills.
                phases: []
                decisions: []

                """;
            await File.WriteAllTextAsync(System.IO.Path.Combine(folder, "skill.yaml"), manifest, cancellationToken);
            await sink.WriteAsync(SkillLoader.Load(folder, services.Skills.EngineNames));
        }
    }
}
