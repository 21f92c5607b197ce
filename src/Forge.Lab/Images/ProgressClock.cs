using System.Diagnostics;
using Forge.Lab.Machines;

namespace Forge.Lab.Images;

/// <summary>Turns "a step begins" into progress lines with the time that each step took.</summary>
internal sealed class ProgressClock(IProgress<LabProgress>? progress) : IDisposable
{
    private readonly Stopwatch watch = new();
    private string? current;

    /// <summary>Ends the step before and begins another.</summary>
    public void Begin(string step)
    {
        End();
        current = step;
        watch.Restart();
        progress?.Report(new LabProgress(step, null));
    }

    /// <summary>Ends the step.</summary>
    public void End()
    {
        if (current is { } step)
        {
            progress?.Report(new LabProgress(step, watch.Elapsed));
            current = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => End();
}
