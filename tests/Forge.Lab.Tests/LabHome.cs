using System.Diagnostics;
using System.Globalization;
using Forge.Lab.Machines;
using Forge.Lab.Processes;

namespace Forge.Lab.Tests;

/// <summary>A state folder of a test's own; images come from the shared cache. Removes its labs at the end.</summary>
internal sealed class LabHome : IAsyncDisposable
{
    public LabHome(ITestOutputHelper output)
    {
        Output = output;
        Options = LabOptions.For($"/tmp/fl-{Guid.NewGuid().ToString("N")[..8]}", LabOptions.FromEnvironment().Cache);
        Labs = new LabService(Options);
    }

    public ITestOutputHelper Output { get; }

    public LabOptions Options { get; }

    public LabService Labs { get; }

    public LabFolder Folder(string name) => new(Path.Combine(Options.Home, "labs", name));

    public async Task<LabMachine> StartNewAsync(string name, LabBackendKind backend)
    {
        await MeasureAsync($"new {name}", () => Labs.NewAsync(new NewLabRequest(name) { Backend = backend }, null, TestContext.Current.CancellationToken));
        return await MeasureAsync($"start {name}", () => Labs.StartAsync(name, TestContext.Current.CancellationToken));
    }

    public async Task<T> MeasureAsync<T>(string what, Func<Task<T>> work)
    {
        var watch = Stopwatch.StartNew();
        var result = await work();
        Output.WriteLine($"{what}: {watch.Elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s");
        return result;
    }

    /// <summary>Runs a command over ssh as the lab's account, with the machine's own key and known hosts.</summary>
    public async Task<ToolResult> SshAsync(string name, string command, int seconds = 30)
    {
        var lab = Labs.Get(name);
        return await Tool.RunAsync(
            new ToolRequest(
                "ssh", "-n", "-F", "none", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", "ConnectTimeout=15", "-o", $"UserKnownHostsFile={lab.KnownHostsFile}",
                "-i", lab.KeyFile, "-p", $"{lab.Port}", "-l", lab.UserName, "127.0.0.1", command)
            {
                TimeLimit = TimeSpan.FromSeconds(seconds),
            },
            TestContext.Current.CancellationToken);
    }

    public async Task<string> BootIdAsync(string name) => (await SshAsync(name, "cat /proc/sys/kernel/random/boot_id")).Output.Trim();

    /// <summary>The numbers of all processes that name the lab's folder, or run inside it.</summary>
    public IReadOnlyList<int> ProcessesOf(string name)
    {
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(Folder(name).Path, StringComparison.Ordinal))
                {
                    found.Add(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));
                }
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lab in Labs.List())
        {
            await Labs.RemoveAsync(lab.Name);
        }

        Directory.Delete(Options.Home, recursive: true);
    }
}
