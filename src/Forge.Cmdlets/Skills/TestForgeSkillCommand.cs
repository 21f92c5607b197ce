using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Core.Schema;
using Forge.Core.Skills;

namespace Forge.Cmdlets.Skills;

/// <summary>Checks the folder of a skill; gives each fault with file, line and key, and nothing where all is well.</summary>
/// <example>
/// <para>Checks a skill's folder and names each fault with file, line and key.</para>
/// <code>Test-ForgeSkill ./skills/our-baseline</code>
/// </example>
/// <example>
/// <para>Checks all skills of a folder.</para>
/// <code>Get-ChildItem ./skills -Directory | Test-ForgeSkill</code>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "ForgeSkill")]
[OutputType(typeof(SchemaError))]
public sealed class TestForgeSkillCommand : ForgeCmdlet
{
    /// <summary>Folders.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Folder of the skill, the one that holds skill.yaml.")]
    [Alias("Folder", "FullName")]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var path in Path)
        {
            var errors = SkillLoader.Check(GetUnresolvedProviderPathFromPSPath(path), ForgeServices.Current.Skills.EngineNames);
            SetOutcome(errors.Count == 0 ? ForgeOutcome.Holds : ForgeOutcome.Failed);
            await sink.WriteAsync(errors, enumerateCollection: true);
        }
    }
}
