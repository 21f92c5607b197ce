using System.Runtime.CompilerServices;
using Forge.Cmdlets.Composition;
using Forge.Core.Errors;
using Forge.Core.Targets;
using Forge.Targets.Checks;

namespace Forge.Cmdlets.Targets;

/// <summary>Whether the scanner of each skill is on a target: the row that the skills add to Test-ForgeTarget.</summary>
/// <param name="services">The skills.</param>
internal sealed class ScannerCheck(ForgeServices services)
{
    /// <summary>Looks on the target; changes nothing.</summary>
    public async IAsyncEnumerable<TargetCheck> TestAsync(ITarget connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var skill in services.Skills.Names.Select(services.Skills.Get))
        {
            var session = await TransientSession.CreateAsync(services, skill, connection.Description, connection, new Dictionary<string, string>(), cancellationToken);
            try
            {
                if (await services.Skills.EngineOf(skill).Scanner.FindMissingAsync(session, connection, cancellationToken) is { } text)
                {
                    missing.Add($"{text}; the first scan installs it (skill {skill.Name}), or run Install-ForgeScanner {connection.Description.Name}");
                }
            }
            catch (ForgeException e)
            {
                missing.Add($"{e.Message} {e.NextStep}".TrimEnd());
            }
        }

        yield return missing.Count == 0
            ? new TargetCheck("Scanner", TargetCheckResult.Ok, "all there")
            : new TargetCheck("Scanner", TargetCheckResult.Missing, string.Join("; ", missing));
    }
}
