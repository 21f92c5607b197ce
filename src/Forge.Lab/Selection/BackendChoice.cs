using Forge.Core.Errors;
using Forge.Lab.Machines;

namespace Forge.Lab.Selection;

/// <summary>Which backend a new machine gets, and why.</summary>
/// <param name="Backend">The backend.</param>
/// <param name="Reason">The reason, as a user reads it.</param>
internal sealed record BackendChoice(LabBackendKind Backend, string Reason)
{
    /// <summary>Chooses: what was asked for, else KVM, else nspawn for plain hardening, else QEMU without KVM.</summary>
    /// <exception cref="ForgeException">Id <c>LabBackendUnavailable</c>.</exception>
    public static BackendChoice Choose(LabBackendKind? wanted, LabPurpose purpose, BackendAvailability here) => wanted switch
    {
        LabBackendKind.Nspawn => here.NspawnMissing is null ? new(LabBackendKind.Nspawn, "asked for") : throw Unavailable("nspawn", here.NspawnMissing),
        LabBackendKind.Qemu => here.QemuMissing is null ? new(LabBackendKind.Qemu, "asked for") : throw Unavailable("QEMU", here.QemuMissing),
        _ => Choose(purpose, here),
    };

    private static BackendChoice Choose(LabPurpose purpose, BackendAvailability here)
    {
        if (here.QemuMissing is null && here.KvmMissing is null)
        {
            return new(LabBackendKind.Qemu, "KVM works here: a whole machine at full speed");
        }

        var noKvm = here.QemuMissing ?? here.KvmMissing;
        if (purpose == LabPurpose.Hardening && here.NspawnMissing is null)
        {
            return new(LabBackendKind.Nspawn, $"no KVM ({noKvm}); plain hardening needs no kernel of its own, and a container is the quickest");
        }

        if (here.QemuMissing is null)
        {
            var why = purpose == LabPurpose.WholeMachine ? "the work needs a whole machine" : $"no container ({here.NspawnMissing})";
            return new(LabBackendKind.Qemu, $"{why}; no KVM ({here.KvmMissing}), so QEMU translates instructions, which is slow");
        }

        throw Unavailable("Neither QEMU nor nspawn", $"{here.QemuMissing}; {here.NspawnMissing}");
    }

    private static ForgeException Unavailable(string what, string reason) => new(
        "LabBackendUnavailable", ForgeErrorKind.Missing, $"{what} cannot be used here: {reason}.", "Install what is missing, or choose the other backend with -Backend.");
}
