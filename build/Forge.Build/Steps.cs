using System.Diagnostics;

namespace Forge.Build;

/// <summary>What was done and how long each took, in order.</summary>
internal sealed class Steps
{
    private readonly List<(string Name, TimeSpan Elapsed)> _done = [];

    /// <summary>The closing line; empty where nothing was timed.</summary>
    public string Summary => _done.Count == 0 ? "" : "Steps: " + string.Join(" · ", _done.Select(s => $"{s.Name} {s.Elapsed.TotalSeconds:0.0} s"));

    public static void Say(string text) => Console.WriteLine($"[{DateTime.Now:HH:mm:ss}] {text}");

    public T Time<T>(string name, Func<T> step)
    {
        var clock = Stopwatch.StartNew();
        var result = step();
        _done.Add((name, clock.Elapsed));
        return result;
    }

    public void Time(string name, Action step) => Time(name, () =>
    {
        step();
        return 0;
    });
}
