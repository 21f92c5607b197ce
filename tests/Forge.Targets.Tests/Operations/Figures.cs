using System.Diagnostics;
using Forge.Core.Targets;

namespace Forge.Targets.Tests.Operations;

/// <summary>What a command and an operation cost beside the raw client; not part of a test run: <c>-explicit only -class '*Figures'</c>.</summary>
public sealed class Figures(LabHost lab) : IClassFixture<LabHost>
{
    private const int Rounds = 25;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Cost()
    {
        var socket = Path.Combine(Directory.GetDirectories(lab.Options.RuntimeFolder!)[0], "s");
        var times = new SortedDictionary<string, List<double>>(StringComparer.Ordinal);
        for (var n = 0; n < Rounds; n++)
        {
            await Time("1 raw", () => RawAsync(socket, "/bin/sh -c true"));
            await Time("2 ours", () => OursAsync(Elevation.None));
            await Time("3 raw sudo", () => RawAsync(socket, "sudo -n /bin/sh -c true"));
            await Time("4 ours sudo", () => OursAsync(Elevation.Sudo));
            await Time("5 operation", () => lab.Host.ExecuteAsync(lab.Operation("true", "none " + n), Now));
            await Time("6 edit", () => lab.Host.ExecuteAsync(lab.Operation("echo x >>/etc/issue", "edit " + n), Now));
        }

        foreach (var (name, all) in times)
        {
            all.Sort();
            Console.WriteLine(FormattableString.Invariant($"{name[2..],-12} median {all[all.Count / 2],6:0.0} ms, least {all[0],6:0.0} ms"));
        }

        async Task Time(string name, Func<Task> action)
        {
            var clock = Stopwatch.StartNew();
            await action();
            (times.TryGetValue(name, out var all) ? all : times[name] = []).Add(clock.Elapsed.TotalMilliseconds);
        }
    }

    private static async Task RawAsync(string socket, string command)
    {
        var info = new ProcessStartInfo("ssh", ["-F", "none", "-S", socket, "-T", "x", command]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        await process.StandardOutput.ReadToEndAsync(Now);
        await process.WaitForExitAsync(Now);
        Assert.Equal(0, process.ExitCode);
    }

    private async Task OursAsync(Elevation elevation) =>
        Assert.True((await lab.Target.RunAsync(new CommandRequest { Script = "true", Elevation = elevation }, Now)).Succeeded);
}
