using System.Text;
using Forge.Core.Errors;
using Forge.Lab.Machines;

namespace Forge.Lab.Qemu;

/// <summary>Where the files of a QEMU machine are.</summary>
internal sealed class QemuPaths(LabFolder folder)
{
    /// <summary>sun_path of unix(7) holds 108 bytes with its end.</summary>
    private const int MaxSocketPath = 107;

    /// <summary>The image's disk, read-only; the same file as in the cache where both are on one file system.</summary>
    public string Base => folder.Combine("base.ext4");

    public string BootLoader => folder.Combine("grub.lkrn");

    public string Disk => folder.Combine("disk.qcow2");

    public string Spare => folder.Combine("spare.qcow2");

    public string PidFile => folder.Combine("run", "qemu.pid");

    public string Log => folder.Combine("run", "qemu.log");

    public string ConsoleLog => folder.Combine("run", "console.log");

    public string Monitor => Socket("qmp");

    public string Serial => Socket("serial");

    public string Agent => Socket("agent");

    public string AgentLock => folder.Combine("run", "agent.lock");

    private string Socket(string name)
    {
        var path = folder.Combine("run", name);
        return Encoding.UTF8.GetByteCount(path) <= MaxSocketPath
            ? path
            : throw new ForgeException(
                "LabPathTooLong", ForgeErrorKind.BadInput, $"The path {path} is too long for a socket (at most {MaxSocketPath} bytes).", "Choose a shorter FORGE_HOME or a shorter name.", path);
    }
}
