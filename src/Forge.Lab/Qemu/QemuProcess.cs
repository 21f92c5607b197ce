using Forge.Core.Errors;
using Forge.Lab.Machines;
using Forge.Lab.Processes;

namespace Forge.Lab.Qemu;

/// <summary>The QEMU process of one machine: detached, found again by its pid file and its own command line.</summary>
internal sealed class QemuProcess(LabFolder folder)
{
    public const string Program = "qemu-system-x86_64";
    private readonly QemuPaths paths = new(folder);

    /// <summary>The process, if it runs. A stranger that got the number later does not name our pid file on its command line.</summary>
    public ProcessIdentity? Find()
    {
        if (!File.Exists(paths.PidFile) || !int.TryParse(File.ReadAllText(paths.PidFile).Trim(), out var pid) || ProcessIdentity.Of(pid) is not { } identity)
        {
            return null;
        }

        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Split('\0').Contains(paths.PidFile) ? identity : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Starts QEMU; returns when it has opened its sockets (and loaded the saved memory, if told to).</summary>
    /// <param name="shape">Shape.</param>
    /// <param name="port">Port on 127.0.0.1 to forward.</param>
    /// <param name="snapshot">Saved memory to load; the machine then waits for <c>cont</c>. Null boots.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ForgeException">Ids <c>LabPortTaken</c>, <c>LabStartFailed</c>.</exception>
    public async Task StartAsync(QemuShape shape, int port, string? snapshot, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder.Run);
        List<string> arguments = [.. Arguments(shape, port), "-daemonize", "-pidfile", paths.PidFile, "-D", paths.Log];
        if (snapshot is not null)
        {
            arguments.AddRange(["-S", "-loadvm", snapshot]);
        }

        var result = await Tool.RunAsync(new ToolRequest(Program, arguments) { TimeLimit = TimeSpan.FromSeconds(60) }, cancellationToken);
        if (result.ExitCode != 0)
        {
            var taken = result.Error.Contains("host forwarding rule", StringComparison.Ordinal);
            throw new ForgeException(
                taken ? "LabPortTaken" : "LabStartFailed",
                ForgeErrorKind.Unreachable,
                $"QEMU does not start the lab '{folder.Name}': {result.Complaint}",
                $"See {paths.Log}.",
                folder.Name);
        }
    }

    /// <summary>Ends QEMU at once.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        if (Find() is { } process)
        {
            process.Signal(ProcessIdentity.Kill);
            if (!await process.WaitForEndAsync(TimeSpan.FromSeconds(10), cancellationToken))
            {
                throw new ForgeException(
                    "LabStopFailed", ForgeErrorKind.Timeout, $"QEMU ({process.Pid}) of '{folder.Name}' does not end although it was killed.", "A process in state D waits for a disk.", folder.Name);
            }
        }

        if (File.Exists(paths.PidFile))
        {
            File.Delete(paths.PidFile);
        }
    }

    /// <summary>
    /// The machine, as measured to be the quickest under translation; saved memory depends on every device here. <c>cache=unsafe</c> does not wait for this
    /// machine's disk: a guest's flush reaches the page cache, so killing QEMU loses nothing that the guest has flushed; a crash of this machine may.
    /// </summary>
    private List<string> Arguments(QemuShape shape, int port) =>
    [
        "-name", $"forge-lab-{folder.Name}", "-no-user-config", "-nodefaults", "-display", "none",
        "-sandbox", "on,obsolete=deny,resourcecontrol=deny",
        "-accel", shape.Accelerator == "kvm" ? "kvm" : "tcg,thread=multi,tb-size=512",
        "-machine", "q35", "-cpu", shape.Accelerator == "kvm" ? "host" : "max", "-smp", $"{shape.Processors}", "-m", $"{shape.MemoryMiB}",
        "-rtc", "base=utc,clock=host", "-kernel", paths.BootLoader,
        "-netdev", $"user,id=net,hostfwd=tcp:127.0.0.1:{port}-:22", "-device", "virtio-net-pci,netdev=net,addr=0x3",
        "-drive", $"file={Quote(paths.Disk)},if=none,id=disk,format=qcow2,cache=unsafe,discard=unmap", "-device", "virtio-blk-pci,drive=disk,addr=0x4",
        "-drive", $"file={Quote(paths.Spare)},if=none,id=spare,format=qcow2,cache=unsafe,discard=unmap", "-device", "virtio-blk-pci,drive=spare,serial=spare,addr=0x5",
        "-object", "rng-random,id=rng,filename=/dev/urandom", "-device", "virtio-rng-pci,rng=rng,addr=0x6",
        "-device", "virtio-serial-pci,addr=0x7", "-chardev", $"socket,id=agent,path={Quote(paths.Agent)},server=on,wait=off",
        "-device", "virtserialport,chardev=agent,name=org.qemu.guest_agent.0",
        "-chardev", $"socket,id=serial,path={Quote(paths.Serial)},server=on,wait=off,logfile={Quote(paths.ConsoleLog)},logappend=on", "-serial", "chardev:serial",
        "-chardev", $"socket,id=monitor,path={Quote(paths.Monitor)},server=on,wait=off", "-mon", "chardev=monitor,mode=control",
    ];

    /// <summary>QEMU's option lists are split at commas; a comma in a value is written twice.</summary>
    private static string Quote(string value) => value.Replace(",", ",,", StringComparison.Ordinal);
}
