using Forge.Core.Actions;
using Forge.Core.Findings;
using Forge.Core.Loop;
using Forge.Core.Operations;
using Forge.Core.Policy;
using FsCheck;
using FsCheck.Fluent;

namespace Forge.Core.Tests.Loop;

public class BatchTests
{
    [Fact]
    public void Width_doubles_while_batches_hold_and_halves_where_the_machine_suffers()
    {
        var width = new BatchWidth();
        var seen = new List<int> { width.Current };
        foreach (var (kept, suffered) in new[] { (4, false), (8, false), (16, false), (32, false), (64, false), (0, true), (32, false) })
        {
            width.Note(width.Current, Math.Min(kept, width.Current), suffered);
            seen.Add(width.Current);
        }

        Assert.Equal([4, 8, 16, 32, 64, 64, 32, 64], seen);
    }

    [Fact]
    public void A_batch_of_which_little_holds_does_not_widen_the_next()
    {
        var width = new BatchWidth();
        width.Note(4, 2, false);

        Assert.Equal(4, width.Current);
    }

    [Fact]
    public void Width_stays_within_its_bounds() => Prop.ForAll(
        Gen.Choose(0, 63).ListOf().ToArbitrary(),
        steps =>
        {
            var width = new BatchWidth();
            foreach (var step in steps)
            {
                width.Note(width.Current, step % (width.Current + 1), step % 2 == 0);
            }

            return width.Current is >= 1 and <= BatchWidth.Most;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("sed -i s/a/b/ /etc/ssh/sshd_config")]
    [InlineData("mkfs.ext4 /dev/sdb")]
    [InlineData("echo \"never closed")]
    public void What_can_lock_out_or_cannot_be_taken_back_is_never_in_a_batch(string script) => Assert.False(BatchRule.MayShare(Draft("a", script) with { NeedsDeadMan = true }));

    [Theory]
    [InlineData("sed -i s/a/b/ /etc/ssh/sshd_config", true)]
    [InlineData("echo 'Defaults use_pty' > /etc/sudoers.d/pty", true)]
    [InlineData("sed -i s/a/b/ /etc/ssh/sshd_config; systemctl restart ssh", false)]
    [InlineData("apt-get install -y ufw", false)]
    [InlineData("nft add table inet x", false)]
    [InlineData("mount -o remount,nodev /dev/shm", false)]
    [InlineData("sed -i s/a/b/ /etc/default/grub", false)]
    [InlineData("echo x >> /etc/fstab", false)]
    [InlineData("usermod -L somebody", false)]
    [InlineData("mkfs.ext4 /dev/sdb", false)]
    [InlineData("echo \"never closed", false)]
    public void With_a_way_back_from_outside_what_locks_out_by_files_alone_may_share_a_batch(string script, bool may)
    {
        var draft = Draft("a", script);

        Assert.Equal(may, BatchRule.MayShare(draft));
        Assert.False(BatchRule.MayShare(draft with { Attempt = 2 }));
        draft.Entry.OpenBatch = "what a crash left of it";
        Assert.True(BatchRule.MayShare(draft));
    }

    [Fact]
    public void Those_whose_check_takes_long_run_first_and_are_checked_early_unless_all_are_such_or_a_crash_left_one()
    {
        Draft[] drafts = [Draft("a", "true"), Draft("slow", "true"), Draft("b", "true"), Draft("slower", "true")];
        static bool TakesLong(string id) => id.StartsWith("slow", StringComparison.Ordinal);

        var (ordered, early) = BatchRule.WithSlowFirst(drafts, TakesLong);
        Assert.Equal(["slow", "slower", "a", "b"], ordered.Select(d => d.Id));
        Assert.Equal(2, early);
        Assert.Equal(0, BatchRule.WithSlowFirst([drafts[1], drafts[3]], TakesLong).Early);
        Assert.Equal(0, BatchRule.WithSlowFirst([drafts[0], drafts[2]], TakesLong).Early);

        drafts[0].Entry.OpenAttempt = 1;
        var (asRan, none) = BatchRule.WithSlowFirst(drafts, TakesLong);
        Assert.Equal(["a", "slow", "b", "slower"], asRan.Select(d => d.Id));
        Assert.Equal(0, none);
    }

    [Fact]
    public void Changes_of_one_service_do_not_share_a_batch_and_changes_of_one_file_do()
    {
        var first = Draft("a", "systemctl restart auditd; echo x >> /etc/audit/rules.d/a.rules");

        Assert.False(BatchRule.MayJoin(Draft("b", "systemctl enable auditd"), [first]));
        Assert.True(BatchRule.MayJoin(Draft("c", "echo y >> /etc/audit/rules.d/a.rules"), [first]));
    }

    [Fact]
    public void What_depends_on_another_one_waits_for_the_next_batch()
    {
        var first = Draft("a", "echo x > /etc/a");

        Assert.False(BatchRule.MayJoin(Draft("b", "echo y > /etc/b", "a"), [first]));
    }

    [Fact]
    public void Two_that_depend_on_each_other_may_go_together()
    {
        var first = Draft("a", "echo x > /etc/a", "b");

        Assert.True(BatchRule.MayJoin(Draft("b", "echo y > /etc/b", "a"), [first]));
    }

    [Fact]
    public void What_was_taken_back_with_others_is_tried_alone()
    {
        var draft = Draft("a", "echo x > /etc/a");
        draft.Entry.UnjudgedInBatch = 1;

        Assert.False(BatchRule.MayShare(draft));
    }

    [Fact]
    public void Taking_one_back_takes_back_what_touched_the_same_after_it_newest_first()
    {
        Acted[] all =
        [
            Ran("a", "/etc/one"), Ran("b", "/etc/two"), Ran("c", "/etc/one", "/etc/three"), Ran("d", "/etc/four"), Ran("e", "/etc/three"),
        ];

        Assert.Equal(["e", "c", "a"], BatchRule.WithWhatFollows(all, new HashSet<string> { "a" }).Select(x => x.Draft.Id));
        Assert.Equal(["e"], BatchRule.WithWhatFollows(all, new HashSet<string> { "e" }).Select(x => x.Draft.Id));
        Assert.Empty(BatchRule.WithWhatFollows(all, new HashSet<string>()));
    }

    internal static Draft Draft(string id, string script, params string[] dependsOn)
    {
        var action = new ScriptAction { Arm = "content", Summary = id, Script = script, Interpreter = "/bin/sh" };
        var finding = new Finding
        {
            Id = id, Target = "t", Skill = "s", Profile = "p", FullId = id, Title = id, Severity = Severity.Medium, Category = "", FoundAt = DateTimeOffset.UnixEpoch, DependsOn = dependsOn,
        };
        return new Draft(new ItemEntry { Finding = finding }, 1, action, "", RiskClassifier.Assess(action), false);
    }

    private static Acted Ran(string id, params string[] files) => new(
        Draft(id, "true"),
        new OperationStatus { Id = new OperationId(id), State = OperationState.Completed, ExitCode = 0, Changes = new HostChanges { Files = files } });
}
