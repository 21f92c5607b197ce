using Forge.Core.Conflicts;
using Forge.Core.Evaluation;
using Forge.Core.Findings;

namespace Forge.Core.Tests.Conflicts;

public class ConflictTests
{
    // As apt-cache gives them for Debian 12.
    private const string Relations = """
        Package: chrony
        Provides: time-daemon
        Conflicts: time-daemon
        Breaks: network-manager (<< 1.20.0-1~)

        Package: systemd-timesyncd
        Provides: time-daemon
        Conflicts: time-daemon

        Package: rsyslog
        Provides: linux-kernel-log-daemon, system-log-daemon
        Conflicts: linux-kernel-log-daemon
        """;

    private static readonly Dictionary<string, Severity> Medium = new() { ["a"] = Severity.Medium, ["b"] = Severity.Medium };

    [Fact]
    public void Packages_that_provide_and_conflict_with_the_same_exclude_each_other()
    {
        var relations = PackageRelations.Parse(Relations);

        Assert.True(relations.Exclude("chrony", "systemd-timesyncd"));
        Assert.False(relations.Exclude("chrony", "chrony"));
        Assert.False(relations.Exclude("chrony", "rsyslog"));
    }

    [Fact]
    public void A_versioned_relation_excludes_nothing() =>
        Assert.False(PackageRelations.Parse("Package: a\nBreaks: b (<< 2)\n\nPackage: b\n").Exclude("a", "b"));

    [Fact]
    public void Opposite_states_of_one_thing_are_found_in_the_fixes_themselves()
    {
        var found = Find(("a", "apt-get install -y ufw"), ("b", "apt-get remove -y 'ufw'"), ("c", "systemctl enable nftables.service"), ("d", "systemctl mask nftables"));

        Assert.Equal([("a", "b", false), ("c", "d", false)], found.Select(c => (c.First, c.Second, c.Exclusive)));
        Assert.Equal("no package:ufw", found[0].SecondWants.ToString());
    }

    [Fact]
    public void Different_values_of_one_setting_are_a_conflict_and_equal_ones_are_not()
    {
        const string Yes = "printf '%s\\n' \"ForwardToSyslog=yes\" >> \"/etc/systemd/journald.conf\"";
        var found = Find(("a", Yes), ("b", Yes.Replace("=yes", "=no")), ("c", Yes), ("d", "echo 'ForwardToSyslog = no' >> /etc/other.conf"));

        Assert.Equal([("a", "b"), ("b", "c")], found.Select(c => (c.First, c.Second)));
        Assert.Equal("ForwardToSyslog=yes", found[0].FirstWants.ToString());
    }

    [Fact]
    public void Two_words_that_are_added_to_one_list_are_no_conflict() => Assert.Empty(Find(
        ("a", "echo 'GRUB_CMDLINE_LINUX=\"audit=1\"' >> /etc/default/grub"), ("b", "echo 'GRUB_CMDLINE_LINUX=\"audit_backlog_limit=8192\"' >> /etc/default/grub")));

    [Fact]
    public void What_a_script_asks_for_both_ways_is_not_taken_for_a_demand() =>
        Assert.Empty(DemandReader.Read("if [ \"$X\" = y ]; then systemctl stop chrony; else systemctl start chrony; fi"));

    [Fact]
    public void A_preference_decides_and_the_users_comes_before_the_skills()
    {
        var conflict = Exclusive();

        var byUser = Decide(conflict, VerdictKind.Fail, VerdictKind.Fail, new Preference("package:chrony", "", "you"), new Preference("package:systemd-timesyncd", "", "the skill"));
        var bySkill = Decide(conflict, VerdictKind.Fail, VerdictKind.Fail, new Preference("package:systemd-timesyncd", "it is there", "the skill"));

        Assert.Equal("b", byUser!.Value.Loser);
        Assert.Equal("a", bySkill!.Value.Loser);
        Assert.Equal("conflicts with b, preferred by the skill: it is there (package:systemd-timesyncd against package:chrony)", bySkill.Value.Reason);
    }

    [Fact]
    public void Without_a_preference_what_holds_stays_then_the_graver_then_the_first()
    {
        var conflict = Exclusive();

        Assert.Equal("a", Decide(conflict, VerdictKind.Fail, VerdictKind.Pass)!.Value.Loser);
        Assert.Equal("b", Decide(conflict, VerdictKind.Fail, VerdictKind.Fail)!.Value.Loser);
        var graver = new Dictionary<string, Severity> { ["a"] = Severity.Low, ["b"] = Severity.High };
        var verdicts = new Dictionary<string, VerdictKind> { ["a"] = VerdictKind.Fail, ["b"] = VerdictKind.Fail };
        Assert.Equal("a", ConflictJudge.Decide(conflict, [], verdicts, graver)!.Value.Loser);
    }

    [Theory]
    [InlineData("apt-get install -y ufw", "apt-get remove -y ufw; rm -f /etc/default/ufw")]
    [InlineData("if dpkg-query --show linux-base | grep -q installed; then apt-get -o DPkg::Lock::Timeout=60 install -y \"ufw\"; else echo no >&2; fi", "apt-get remove -y ufw")]
    public void A_fix_that_does_nothing_but_install_what_another_item_that_holds_wants_away_gives_way(string install, string remove)
    {
        var conflict = Find(("a", install), ("b", remove)).Single();

        Assert.Equal("conflicts with b, which holds already (no package:ufw against package:ufw)", Decide(conflict, VerdictKind.Fail, VerdictKind.Pass)!.Value.Reason);
    }

    [Theory]
    [InlineData("apt-get install -y ufw; ufw enable")]
    [InlineData("if [ -e /etc/nftables.conf ]; then sed -i 's/a/b/' /etc/nftables.conf; else apt-get install -y ufw; fi")]
    [InlineData("apt-get install -y ufw; apt-get install -y iptables")]
    [InlineData("apt-get install -y ufw; \"$tool\"")]
    public void An_opposite_state_against_one_that_holds_is_left_to_the_attempt_unless_somebody_prefers_it(string install)
    {
        var conflict = Find(("a", install), ("b", "apt-get remove -y ufw")).Single();

        Assert.Null(Decide(conflict, VerdictKind.Fail, VerdictKind.Pass));
        Assert.Equal("b", Decide(conflict, VerdictKind.Fail, VerdictKind.Pass, new Preference("package:ufw", "", "you"))!.Value.Loser);
    }

    [Theory]
    [InlineData(VerdictKind.Pass, VerdictKind.Pass)]
    [InlineData(VerdictKind.NotApplicable, VerdictKind.Fail)]
    [InlineData(VerdictKind.Fail, VerdictKind.NotChecked)]
    public void Where_nothing_is_at_stake_nothing_is_decided(VerdictKind first, VerdictKind second) =>
        Assert.Null(Decide(Exclusive(), first, second, new Preference("package:chrony", "", "you")));

    private static Conflict Exclusive()
    {
        var demands = Demands(("a", "apt-get install -y chrony"), ("b", "apt-get install -y systemd-timesyncd"));
        return ConflictFinder.Find(demands, PackageRelations.Parse(Relations)).Single();
    }

    private static (string Loser, string Winner, string Reason)? Decide(Conflict conflict, VerdictKind a, VerdictKind b, params Preference[] preferences) =>
        ConflictJudge.Decide(conflict, preferences, new Dictionary<string, VerdictKind> { ["a"] = a, ["b"] = b }, Medium);

    private static IReadOnlyList<Conflict> Find(params (string Id, string Fix)[] items) => ConflictFinder.Find(Demands(items), PackageRelations.None);

    private static IReadOnlyList<KeyValuePair<string, IReadOnlyList<Demand>>> Demands(params (string Id, string Fix)[] items) =>
        [.. items.Select(i => KeyValuePair.Create(i.Id, DemandReader.Read(i.Fix)))];
}
