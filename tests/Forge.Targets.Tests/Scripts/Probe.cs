using System.Diagnostics;
using System.Security.Cryptography;

namespace Forge.Targets.Tests.Scripts;

/// <summary>Finds a far process by the odd time that it sleeps.</summary>
internal static class Probe
{
    public static string NewMark() => "3" + RandomNumberGenerator.GetInt32(10_000, 99_999);

    public static Task GoneAsync(string mark) => UntilAsync(() => !Runs(mark), "the far process runs on");

    public static Task SeenAsync(string mark) => UntilAsync(() => Runs(mark), "the far process was not started");

    public static async Task UntilAsync(Func<bool> holds, string otherwise)
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), otherwise);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static bool Runs(string mark) => Directory.EnumerateDirectories("/proc")
        .Where(path => int.TryParse(Path.GetFileName(path), out _))
        .Any(path => CommandLine(path) == $"sleep\0{mark}\0");

    private static string CommandLine(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(path, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>A process's command line; empty where it is gone.</summary>
    public static string Arguments(Process process) => CommandLine($"/proc/{process.Id}");
}
