using System.Diagnostics;
using System.Globalization;
using Forge.Core.Errors;
using Forge.Lab.Machines;
using Forge.Lab.Processes;

namespace Forge.Lab.Nspawn;

/// <summary>The detached process that keeps one nspawn machine running: <c>lab/nspawn/supervise.sh</c>.</summary>
internal sealed class NspawnSupervisor(LabFolder folder, string scripts)
{
    /// <summary>Where the machine's disk is mounted in the supervisor's mount namespace.</summary>
    public const string DiskMount = "/run/systemd/disk";

    /// <summary>The supervisor, if it runs.</summary>
    public ProcessIdentity? Find() => ProcessIdentity.Read(PidFile) is { IsAlive: true } identity ? identity : null;

    /// <summary>What the supervisor wrote last: <c>booting N</c>, <c>stopped</c> or <c>failed REASON</c>; null before it wrote anything.</summary>
    public string? Status => File.Exists(StatusFile) ? File.ReadAllText(StatusFile).Trim() : null;

    private string PidFile => folder.Combine("run", "supervisor.pid");

    private string StatusFile => folder.Combine("run", "status");

    /// <summary>Starts it; returns when the machine boots.</summary>
    /// <exception cref="ForgeException">Id <c>LabStartFailed</c>.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Run);

        // A shell reads its script as it goes, and this one runs for days: it gets a copy that no update of Forge writes over.
        foreach (var script in new[] { "supervise.sh", "forward.pl" })
        {
            File.Copy(Path.Combine(scripts, script), folder.Combine("run", script), overwrite: true);
        }

        for (var attempt = 0; attempt < 20; attempt++)
        {
            File.Delete(StatusFile);
            File.Delete(PidFile);
            var start = new ProcessStartInfo(Tool.Find("setsid") ?? "setsid", ["sh", folder.Combine("run", "supervise.sh"), folder.Path]) { UseShellExecute = false };
            using var process = Process.Start(start)!;
            var status = await WaitForStatusAsync(null, () => process.HasExited, cancellationToken);
            if (status is not null)
            {
                return;
            }

            // It left at once: the one before still holds the disk while the kernel takes its namespaces down.
            await Task.Delay(100, cancellationToken);
        }

        throw new ForgeException(
            "LabStartFailed", ForgeErrorKind.Conflict, $"The lab '{folder.Name}' does not start: its disk is held by another supervisor.", $"See {folder.Combine("run", "supervisor.log")}.", folder.Name);
    }

    /// <summary>Waits until the supervisor says something else than before.</summary>
    /// <returns>What it says; null where it ended without a word.</returns>
    /// <exception cref="ForgeException">Ids <c>LabStartFailed</c>, <c>LabPortTaken</c>.</exception>
    public async Task<string?> WaitForStatusAsync(string? before, Func<bool> hasEnded, CancellationToken cancellationToken)
    {
        var deadline = Environment.TickCount64 + 60_000;
        while (Environment.TickCount64 < deadline)
        {
            var ended = hasEnded();
            if (Status is { } status && status != before)
            {
                return status.StartsWith("failed", StringComparison.Ordinal) ? throw Failed(status) : status;
            }

            if (ended)
            {
                return null;
            }

            await Task.Delay(10, cancellationToken);
        }

        throw Failed("failed to say anything within 60 s");
    }

    /// <summary>The machine's init process as this host numbers it.</summary>
    /// <exception cref="ForgeException">Id <c>LabNotRunning</c>.</exception>
    public int FindInit()
    {
        var pending = new Queue<int>();
        if (Find() is { } supervisor)
        {
            pending.Enqueue(supervisor.Pid);
        }

        while (pending.TryDequeue(out var pid))
        {
            if (IsInit(pid))
            {
                return pid;
            }

            foreach (var child in Children(pid))
            {
                pending.Enqueue(child);
            }
        }

        throw new ForgeException("LabNotRunning", ForgeErrorKind.Conflict, $"The lab '{folder.Name}' does not run.", $"Start-ForgeLab {folder.Name}.", folder.Name);
    }

    private static IEnumerable<int> Children(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/task/{pid}/children")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => int.Parse(word, CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // It ended between two looks.
            return [];
        }
    }

    /// <summary>Its number is 1 in its own namespace, and it is a level below the supervisor (which is 1 in its own).</summary>
    private static bool IsInit(int pid)
    {
        try
        {
            var numbers = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith("NSpid:", StringComparison.Ordinal)).Split('\t');
            return numbers.Length >= 4 && numbers[^1] == "1";
        }
        catch (IOException)
        {
            return false;
        }
    }

    private ForgeException Failed(string status) => new(
        status.EndsWith("is taken", StringComparison.Ordinal) ? "LabPortTaken" : "LabStartFailed",
        ForgeErrorKind.Unreachable,
        $"The lab '{folder.Name}' {status}.",
        $"The supervisor's log is {folder.Combine("run", "supervisor.log")}, the console's {folder.Combine("run", "console.log")}.",
        folder.Name);
}
