using Forge.Core.Findings;
using Forge.Core.Ordering;
using Forge.Core.Skills;

namespace Forge.Core.Tests.Ordering;

public class WorkOrderTests
{
    private static readonly Skill Skill = new()
    {
        Name = "s",
        Title = "t",
        Engine = "e",
        Folder = "/",
        Phases =
        [
            new SkillPhase { Name = "packages", Ids = ["^package_"] },
            new SkillPhase { Name = "reboot items", NeedsReboot = true },
            new SkillPhase { Name = "last", Ids = ["_immutable$"] },
        ],
        Decisions = [new SkillDecision(["^partition_"], "a disk")],
    };

    [Fact]
    public void Phases_come_in_the_skills_order_and_what_matches_none_comes_last()
    {
        var order = new WorkOrder(Skill).Arrange([Item("audit_immutable"), Item("other"), Item("grub", reboot: true), Item("package_b"), Item("package_a", Severity.High)], out _);

        Assert.Equal(["package_a", "package_b", "grub", "audit_immutable", "other"], order.Select(f => f.Id));
    }

    [Fact]
    public void What_an_item_depends_on_comes_before_it_even_from_a_later_phase()
    {
        var order = new WorkOrder(Skill).Arrange([Item("package_a", dependsOn: "other"), Item("other")], out var cycles);

        Assert.Equal(["other", "package_a"], order.Select(f => f.Id));
        Assert.Empty(cycles);
    }

    [Fact]
    public void Two_that_depend_on_each_other_keep_the_contents_order_and_are_named()
    {
        var order = new WorkOrder(Skill).Arrange([Item("a", dependsOn: "b"), Item("b", dependsOn: "a")], out var cycles);

        Assert.Equal(["a", "b"], order.Select(f => f.Id));
        Assert.Equal(["a"], cycles);
    }

    [Fact]
    public void A_longer_cycle_is_broken_and_named_and_loses_no_item()
    {
        var order = new WorkOrder(Skill).Arrange([Item("a", dependsOn: "b"), Item("b", dependsOn: "c"), Item("c", dependsOn: "a")], out var cycles);

        Assert.Equal(3, order.Count);
        Assert.Equal(["a"], cycles);
    }

    [Fact]
    public void An_item_that_needs_a_decision_is_told_what_is_needed()
    {
        Assert.Equal("a disk", new WorkOrder(Skill).DecisionFor(Item("partition_for_tmp"))!.Needs);
        Assert.Null(new WorkOrder(Skill).DecisionFor(Item("no_partition_for_tmp")));
    }

    private static Finding Item(string id, Severity severity = Severity.Medium, bool reboot = false, string? dependsOn = null) => new()
    {
        Id = id,
        Target = "t",
        Skill = "s",
        Title = id,
        Severity = severity,
        NeedsReboot = reboot,
        DependsOn = dependsOn is null ? [] : [dependsOn],
    };
}
