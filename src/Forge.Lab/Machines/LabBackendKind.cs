namespace Forge.Lab.Machines;

/// <summary>What a lab machine is made of.</summary>
public enum LabBackendKind
{
    /// <summary>A systemd-nspawn container: real systemd, packages and services on the host's kernel. Ready in about a second; needs root.</summary>
    Nspawn,

    /// <summary>A QEMU virtual machine: its own kernel, boot loader, reboots, disks and serial console. No root needed once its image is there.</summary>
    Qemu,
}
