namespace Forge.Lab.Machines;

/// <summary>What a lab machine is wanted for; decides which backend is chosen.</summary>
public enum LabPurpose
{
    /// <summary>Configuration, packages and services: a container will do.</summary>
    Hardening,

    /// <summary>Kernel, boot loader, audit, disks or serial console: needs a whole machine.</summary>
    WholeMachine,
}
