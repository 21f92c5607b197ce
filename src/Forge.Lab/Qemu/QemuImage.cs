using System.Security.Cryptography;
using System.Text;
using Forge.Lab.Images;
using Forge.Lab.Machines;
using Forge.Lab.Processes;
using Forge.Lab.Readiness;

namespace Forge.Lab.Qemu;

/// <summary>An image that was booted once for a shape of machine and saved with its memory: what a new machine begins as. Kept beside the image.</summary>
internal sealed class QemuImage(LabImage image, QemuShape shape, LabOptions options)
{
    /// <summary>Name of the snapshot that a stopped machine goes on from.</summary>
    public const string Suspended = "forge-suspended";

    private static readonly string[] Parts = ["base.ext4", "grub.lkrn", "disk.qcow2", "spare.qcow2"];
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(10);

    /// <summary>Boots and saves, if that was not done before, then copies the disks into a machine's folder.</summary>
    public async Task CopyToAsync(LabFolder folder, ProgressClock clock, CancellationToken cancellationToken)
    {
        var saved = Path.Combine(image.Folder, $"qemu-{await KeyAsync(cancellationToken)}");
        if (!Directory.Exists(saved))
        {
            clock.Begin("wait for another process that boots this image");
            using var guard = await FileLock.TakeAsync(saved + ".lock", "the first boot of the image", BuildLimit, cancellationToken);
            if (!Directory.Exists(saved))
            {
                await BootAsync(saved, clock, cancellationToken);
            }
        }

        clock.Begin("copy the disks");
        foreach (var part in Parts)
        {
            await CopyAsync(Path.Combine(saved, part), folder.Combine(part), part.EndsWith(".qcow2", StringComparison.Ordinal), cancellationToken);
        }
    }

    private async Task BootAsync(string saved, ProgressClock clock, CancellationToken cancellationToken)
    {
        foreach (var stale in Directory.EnumerateDirectories(image.Folder, "b-*"))
        {
            await new QemuProcess(new LabFolder(stale)).KillAsync(cancellationToken);
            Directory.Delete(stale, recursive: true);
        }

        // A short name: sockets live in it.
        var draft = new LabFolder(Path.Combine(image.Folder, $"b-{Guid.NewGuid().ToString("N")[..6]}"));
        PrivateFolder.Create(draft.Path);
        var process = new QemuProcess(draft);
        try
        {
            await PrepareAsync(draft, cancellationToken);
            clock.Begin($"boot once ({shape.Accelerator})");
            var boot = new QemuBoot(draft, TimeProvider.System);
            await boot.LaunchAsync(null, cancellationToken);
            await boot.WaitAsync(options.StartLimit, cancellationToken);
            clock.Begin("wait until it is idle");
            await using (var agent = await GuestAgent.ConnectAsync(new QemuPaths(draft).Agent, TimeSpan.FromSeconds(60), cancellationToken))
            {
                await agent.RunAsync("systemctl is-system-running --wait; udevadm settle --timeout=60; sync", cancellationToken);
            }

            clock.Begin("save it with its memory");
            await using (var monitor = await boot.ConnectMonitorAsync(cancellationToken))
            {
                await monitor.HumanAsync($"savevm {Suspended}", cancellationToken);
            }

            await process.KillAsync(cancellationToken);
            Directory.Delete(draft.Run, recursive: true);
            Directory.Move(draft.Path, saved);
        }
        catch
        {
            await process.KillAsync(CancellationToken.None);
            if (File.Exists(new QemuPaths(draft).ConsoleLog))
            {
                File.Copy(new QemuPaths(draft).ConsoleLog, Path.Combine(image.Folder, "first-boot-console.log"), overwrite: true);
            }

            Directory.Delete(draft.Path, recursive: true);
            throw;
        }
    }

    private async Task PrepareAsync(LabFolder draft, CancellationToken cancellationToken)
    {
        File.Copy(image.KeyFile, draft.KeyFile);
        File.Copy(image.HostKeysFile, draft.HostKeysFile);
        File.Copy(image.PasswordFile, draft.PasswordFile);
        var paths = new QemuPaths(draft);
        await CopyAsync(image.QemuDisk, paths.Base, writable: false, cancellationToken);
        await CopyAsync(image.BootLoader, paths.BootLoader, writable: false, cancellationToken);
        await new QemuDisk(draft).CreateAsync(cancellationToken);
        draft.Save(new LabRecord
        {
            Name = draft.Name,
            Distribution = image.Distribution,
            Backend = LabBackendKind.Qemu,
            Accelerator = shape.Accelerator,
            Reason = "first boot of the image",
            ImageDigest = image.Digest,
            CreatedAt = DateTimeOffset.UnixEpoch,
            UserName = LabImage.UserName,
            MemoryMiB = shape.MemoryMiB,
            Processors = shape.Processors,
            Port = PortChooser.Choose(),
        });
    }

    /// <summary>Saved memory depends on the shape, on QEMU's version, under KVM on the processor, and on what this class and <see cref="QemuProcess"/> do.</summary>
    private async Task<string> KeyAsync(CancellationToken cancellationToken)
    {
        var version = await Tool.RunCheckedAsync(
            new ToolRequest(QemuProcess.Program, "--version"), "LabStartFailed", "Asking QEMU for its version", "Install qemu-system-x86.", cancellationToken);
        var processor = shape.Accelerator == "kvm" ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : "";
        var text = $"3|{shape}|{version.Output}|{processor}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
    }

    /// <summary>Files that are never written are linked where that works: then the cache can be deleted and the machine keeps them.</summary>
    private static async Task CopyAsync(string source, string destination, bool writable, CancellationToken cancellationToken)
    {
        var link = writable ? null : await Tool.RunAsync(new ToolRequest("ln", source, destination), cancellationToken);
        if (link is not { ExitCode: 0 })
        {
            await Tool.RunCheckedAsync(
                new ToolRequest("cp", "--sparse=always", "--reflink=auto", source, destination) { TimeLimit = TimeSpan.FromMinutes(5) },
                "LabCreateFailed",
                "Copying the machine's disk",
                "Look whether the disk is full.",
                cancellationToken);
        }
    }
}
