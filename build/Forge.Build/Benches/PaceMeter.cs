using System.Globalization;

namespace Forge.Build.Benches;

/// <summary>
/// How quick this machine's processors are while something long is measured: the same small work every ten seconds on each of them, by the processor time that it takes. A shared machine's pace
/// changes by half within hours, and what is measured one after the other is only as comparable as that. Each by itself, because one may be much slower than the next for a while: left alone,
/// the work would run on whichever is free beside what is measured, and tell of that one only.
/// </summary>
internal sealed class PaceMeter : IDisposable
{
    private const string Work = "export LC_ALL=C TIMEFORMAT=%U; { time taskset -c $0 awk 'BEGIN { for (i = 0; i < 3000000; i++) x += i }'; } 2>&1";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Dictionary<int, List<double>> _samples = Processors(File.ReadAllText("/proc/self/status")).ToDictionary(p => p, _ => new List<double>());
    private readonly CancellationTokenSource _end = new();
    private readonly Task _sampling;

    private PaceMeter() => _sampling = Task.Run(Sample);

    /// <summary>Begins.</summary>
    public static PaceMeter Start() => new();

    /// <summary>Ends, and gives the work's processor time in milliseconds: the mean over the processors of each one's median.</summary>
    public double End()
    {
        Stop();
        return Math.Round(_samples.Values.Average(times => times.Order().ElementAt(times.Count / 2)) * 1000, 1);
    }

    public void Dispose()
    {
        Stop();
        _end.Dispose();
    }

    /// <summary>The processors that a process may use, from its status in proc(5): numbers and ranges with commas between.</summary>
    private static IEnumerable<int> Processors(string status) => status.Split('\n')
        .Single(l => l.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split(':')[1].Split(',')
        .Select(range => range.Trim().Split('-').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList())
        .SelectMany(range => Enumerable.Range(range[0], range[^1] - range[0] + 1));

    private void Stop()
    {
        _end.Cancel();
        _sampling.Wait();
    }

    private void Sample()
    {
        do
        {
            foreach (var (processor, times) in _samples)
            {
                var said = Tool.Capture("bash", ["-c", Work, processor.ToString(CultureInfo.InvariantCulture)]);
                times.Add(double.Parse(said.Output.Trim(), CultureInfo.InvariantCulture));
            }
        }
        while (!_end.Token.WaitHandle.WaitOne(Pause));
    }
}
