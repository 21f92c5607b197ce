using System.Globalization;

namespace Forge.Build.Benches;

/// <summary>
/// How quick this machine's processors are while something long is measured: the same small work every ten seconds, by the processor time that it takes. A shared machine's pace changes by half
/// within hours, and what is measured one after the other is only as comparable as that.
/// </summary>
internal sealed class PaceMeter : IDisposable
{
    private const string Work = "export LC_ALL=C TIMEFORMAT=%U; { time awk 'BEGIN { for (i = 0; i < 3000000; i++) x += i }'; } 2>&1";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly List<double> _samples = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Task _sampling;

    private PaceMeter() => _sampling = Task.Run(Sample);

    /// <summary>Begins.</summary>
    public static PaceMeter Start() => new();

    /// <summary>Ends, and gives the median of the work's processor time, in milliseconds.</summary>
    public double End()
    {
        Stop();
        _samples.Sort();
        return Math.Round(_samples[_samples.Count / 2] * 1000, 1);
    }

    public void Dispose()
    {
        Stop();
        _end.Dispose();
    }

    private void Stop()
    {
        _end.Cancel();
        _sampling.Wait();
    }

    private void Sample()
    {
        do
        {
            var said = Tool.Capture("bash", ["-c", Work]);
            _samples.Add(double.Parse(said.Output.Trim(), CultureInfo.InvariantCulture));
        }
        while (!_end.Token.WaitHandle.WaitOne(Pause));
    }
}
