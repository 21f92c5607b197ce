using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Cmdlets.Runs;
using Forge.Core.Skills;

namespace Forge.Cmdlets.Skills;

/// <summary>Gets skills.</summary>
/// <example>
/// <para>Shows the skills there are.</para>
/// <code>Get-ForgeSkill</code>
/// </example>
/// <example>
/// <para>Shows in which order a skill works.</para>
/// <code>(Get-ForgeSkill stig).Phases</code>
/// </example>
[Cmdlet(VerbsCommon.Get, "ForgeSkill")]
[OutputType(typeof(Skill))]
public sealed class GetForgeSkillCommand : ForgeCmdlet
{
    /// <summary>Names or wildcards; default all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Name or wildcard; default all.")]
    [Alias("Skill")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SkillCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var catalog = ForgeServices.Current.Skills;
        foreach (var name in Name)
        {
            var isPattern = name.Contains('*', StringComparison.Ordinal) || name.Contains('?', StringComparison.Ordinal);
            foreach (var found in isPattern ? catalog.Names.Where(n => Names.ToRegex(name).IsMatch(n)) : [name])
            {
                await sink.WriteAsync(catalog.Get(found));
            }
        }
    }
}
