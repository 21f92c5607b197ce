using Forge.Core.Errors;
using Forge.Core.Evaluation;

namespace Forge.Core.Loop;

/// <summary>A check of some items of a batch that runs while the other changes of the batch are made.</summary>
/// <param name="ItemIds">The items.</param>
/// <param name="Running">The check.</param>
public sealed record EarlyCheck(IReadOnlyList<string> ItemIds, Task<EvaluationReport> Running)
{
    /// <summary>Waits for the end of a check whose result does not count any more: the machine was taken back, or its connection is to be closed.</summary>
    public async Task AbandonAsync()
    {
        try
        {
            await Running;
        }
        catch (ForgeException)
        {
            // Its verdicts are asked for again, and so is its fault.
        }
    }
}
