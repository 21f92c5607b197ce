using Forge.Core.Errors;
using Forge.Lab.Machines;
using Forge.Lab.Selection;

namespace Forge.Lab.Tests;

public sealed class BackendChoiceTests
{
    private static readonly BackendAvailability Everything = new(null, null, null);
    private static readonly BackendAvailability NoKvm = new(null, null, "the machine stops");

    [Fact]
    public void Kvm_is_preferred_whatever_the_purpose()
    {
        Assert.All(Enum.GetValues<LabPurpose>(), purpose => Assert.Equal(LabBackendKind.Qemu, BackendChoice.Choose(null, purpose, Everything).Backend));
    }

    [Fact]
    public void Without_kvm_hardening_gets_a_container_and_the_reason_says_why()
    {
        var choice = BackendChoice.Choose(null, LabPurpose.Hardening, NoKvm);
        Assert.Equal(LabBackendKind.Nspawn, choice.Backend);
        Assert.Contains("the machine stops", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_kvm_work_on_the_whole_machine_gets_qemu()
    {
        Assert.Equal(LabBackendKind.Qemu, BackendChoice.Choose(null, LabPurpose.WholeMachine, NoKvm).Backend);
    }

    [Fact]
    public void Without_root_hardening_gets_qemu()
    {
        var choice = BackendChoice.Choose(null, LabPurpose.Hardening, NoKvm with { NspawnMissing = "it needs root" });
        Assert.Equal(LabBackendKind.Qemu, choice.Backend);
        Assert.Contains("it needs root", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_asked_for_is_given_or_refused_with_what_is_missing()
    {
        Assert.Equal(LabBackendKind.Nspawn, BackendChoice.Choose(LabBackendKind.Nspawn, LabPurpose.WholeMachine, Everything).Backend);
        Assert.Equal(LabBackendKind.Qemu, BackendChoice.Choose(LabBackendKind.Qemu, LabPurpose.Hardening, NoKvm).Backend);
        var refused = Assert.Throws<ForgeException>(() => BackendChoice.Choose(LabBackendKind.Nspawn, LabPurpose.Hardening, NoKvm with { NspawnMissing = "it needs root" }));
        Assert.Equal("LabBackendUnavailable", refused.Id);
        Assert.Contains("it needs root", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ForgeException>(() => BackendChoice.Choose(null, LabPurpose.Hardening, new BackendAvailability("a", "b", "c")));
    }
}
