using System.Diagnostics;
using Forge.Core.Errors;
using Forge.Lab.Images;
using Forge.Lab.Machines;
using Forge.Lab.Processes;

namespace Forge.Lab.Qemu;

/// <summary>Whether KVM works here: a device node proves nothing, so the image is booted with it until it asks for a login. The answer is remembered.</summary>
internal sealed class KvmProbe(LabOptions options)
{
    private const string Device = "/dev/kvm";

    /// <summary>After this without a word on the serial port there will be none: GRUB speaks within a second on an idle machine.</summary>
    private static readonly TimeSpan FirstWord = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan WholeBoot = TimeSpan.FromSeconds(40);

    /// <summary>Asks, or remembers.</summary>
    /// <returns>Why KVM cannot be used; null where it can.</returns>
    public async Task<string?> WhyNotAsync(LabImage image, CancellationToken cancellationToken)
    {
        if (!File.Exists(Device))
        {
            return $"there is no {Device}";
        }

        try
        {
            using var device = new FileStream(Device, FileMode.Open, FileAccess.ReadWrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{Device} cannot be opened: {exception.Message}";
        }

        var key = (await File.ReadAllTextAsync("/proc/version", cancellationToken)).Trim()
            + " | " + (await Tool.RunAsync(new ToolRequest(QemuProcess.Program, "--version"), cancellationToken)).Output.Split('\n')[0];
        var memory = Path.Combine(options.Cache, "kvm-probe.txt");
        if (File.Exists(memory) && await File.ReadAllLinesAsync(memory, cancellationToken) is [var asked, var answer] && asked == key)
        {
            return answer == "works" ? null : answer;
        }

        var reason = await BootAsync(image, cancellationToken);
        await File.WriteAllLinesAsync(memory + ".new", [key, reason ?? "works"], cancellationToken);
        File.Move(memory + ".new", memory, overwrite: true);
        return reason;
    }

    private static async Task<string?> BootAsync(LabImage image, CancellationToken cancellationToken)
    {
        var folder = new LabFolder(Path.Combine(image.Folder, $"k-{Guid.NewGuid().ToString("N")[..6]}"));
        PrivateFolder.Create(folder.Path);
        var console = folder.Combine("console.log");
        var request = new ToolRequest(
            QemuProcess.Program, "-no-user-config", "-nodefaults", "-display", "none", "-no-reboot", "-accel", "kvm", "-machine", "q35", "-cpu", "host",
            "-smp", "1", "-m", "512", "-kernel", image.BootLoader, "-drive", $"file={image.QemuDisk},if=virtio,format=raw,snapshot=on", "-serial", $"file:{console}")
        {
            TimeLimit = WholeBoot,
        };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var running = Tool.RunAsync(request, stop.Token);
            var verdict = await WatchAsync(console, running, cancellationToken);
            await stop.CancelAsync();
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return verdict;
        }
        finally
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    private static async Task<string?> WatchAsync(string console, Task<ToolResult> running, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < WholeBoot)
        {
            if (running.IsCompleted)
            {
                try
                {
                    return $"{Device} is there, but QEMU gives up: {(await running).Complaint}";
                }
                catch (ForgeException exception)
                {
                    return $"{Device} is there, but: {exception.Message}";
                }
            }

            var text = File.Exists(console) ? await File.ReadAllTextAsync(console, cancellationToken) : "";
            if (text.Contains("login:", StringComparison.Ordinal))
            {
                return null;
            }

            if (text.Length == 0 && watch.Elapsed > FirstWord)
            {
                return $"{Device} is there, but a machine stops before its boot loader";
            }

            await Task.Delay(100, cancellationToken);
        }

        return $"{Device} is there, but a machine does not boot with it within {WholeBoot.TotalSeconds:0} s";
    }
}
