using Forge.Core.Proposals;

namespace Forge.Models.Hardening;

/// <summary>What is asked where hardening models are switched off: it proposes nothing.</summary>
internal sealed class NoProposer : IActionProposer
{
    public string Arm => "";

    public Task<ActionProposal?> ProposeAsync(RuleText text, CancellationToken cancellationToken) => Task.FromResult<ActionProposal?>(null);
}
