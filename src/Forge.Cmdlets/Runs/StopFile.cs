using Forge.Core.Journal;

namespace Forge.Cmdlets.Runs;

/// <summary>How another process asks a run to stop: a file named <c>stop</c> in its folder. The run ends its current step and can be resumed.</summary>
internal static class StopFile
{
    private const string Name = "stop";
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks a run to stop.</summary>
    public static void Ask(string folder) => File.WriteAllText(Path.Combine(folder, Name), "");

    /// <summary>Takes the request back, before a run is resumed.</summary>
    public static void Clear(string folder) => File.Delete(Path.Combine(folder, Name));

    /// <summary>Does work that ends when the file appears.</summary>
    public static async Task<RunRecord> WatchAsync(Func<string> folder, Func<bool> isKnown, Func<CancellationToken, Task<RunRecord>> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = work(stop.Token);
        while (await Task.WhenAny(running, Task.Delay(Every, CancellationToken.None)) != running)
        {
            if (isKnown() && File.Exists(Path.Combine(folder(), Name)))
            {
                await stop.CancelAsync();
                break;
            }
        }

        return await running;
    }
}
