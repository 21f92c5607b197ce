using System.Diagnostics;
using Forge.Core.Extraction;
using Forge.Core.Proposals;

namespace Forge.Core.Tests.Extraction;

public sealed class ExtractorTests
{
    private const string Packages = """
        parts:
          name: '[a-z][a-z0-9-]*'
        patterns:
          - name: package to install
            body: 'The (?<name>(?&name)) package must be installed'
            unless: 'only where'
            action: { action: package, name: '{name}', state: present }
        """;

    [Fact]
    public void A_proposal_names_its_pattern_and_what_it_rests_on()
    {
        var proposal = Propose(Packages, "Install AIDE", "AIDE is a tool. The aide package must be\n  installed here.");

        Assert.NotNull(proposal);
        Assert.Equal("aide", proposal.Action.GetProperty("name").GetString());
        Assert.Equal("pattern 'package to install'", proposal.Why);
        Assert.Equal(["The aide package must be\n  installed"], proposal.Consumed);
        Assert.Equal(1, proposal.Confidence);
    }

    [Fact]
    public async Task It_is_a_proposer_of_its_own_arm()
    {
        IActionProposer proposer = new Extractor(ExtractionRules.Read("extract.yaml", Packages));

        Assert.Equal("extractor", proposer.Arm);
        Assert.NotNull(await proposer.ProposeAsync(new RuleText("", "The aide package must be installed", []), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_text_that_a_pattern_reads_in_two_ways_gets_no_proposal_even_where_a_later_pattern_reads_one()
    {
        const string Two = Packages + "\n  - { name: other, title: 'Install (?<name>[a-z]+)', action: { action: package, name: '{name}', state: latest } }\n";

        Assert.Null(Propose(Two, "Install aide", "The aide package must be installed. The audit package must be installed."));
        Assert.NotNull(Propose(Two, "Install aide", "The aide package must be installed. The aide package must be installed."));
    }

    [Fact]
    public void The_first_pattern_that_gives_an_action_wins()
    {
        const string Both = Packages + "\n  - { name: other, title: 'Install (?<name>[a-z]+)', action: { action: package, name: '{name}', state: latest } }\n";

        Assert.Equal("present", Propose(Both, "Install aide", "The aide package must be installed.")!.Action.GetProperty("state").GetString());
        Assert.Equal("latest", Propose(Both, "Install aide", "It finds changes.")!.Action.GetProperty("state").GetString());
    }

    [Fact]
    public void What_speaks_against_a_pattern_keeps_it_from_proposing() =>
        Assert.Null(Propose(Packages, "Install aide", "The aide package must be installed, but only where there is room."));

    [Fact]
    public void Parts_from_title_and_body_stand_in_the_order_of_the_text()
    {
        const string Rules = """
            patterns:
              - name: mode
                body: ['chmod (?<mode>[0-7]{3,4}) (?<path>/[a-z/]+)', 'file of (?<owner>[a-z]+)']
                title: 'Permissions of (?<path>/[a-z/]+)'
                action: { action: set-mode, path: '{path}', mode: '{mode|mode}', owner: '{owner}' }
            """;

        var proposal = Propose(Rules, "Permissions of /etc/shadow", "It is the file of root. Run chmod 640 /etc/shadow or chmod 600 /etc/passwd now.");

        // The path that the title names settles which of the two commands is meant.
        Assert.Equal("""{"action":"set-mode","path":"/etc/shadow","mode":"0640","owner":"root"}""", proposal!.Action.GetRawText());
        Assert.Equal(["Permissions of /etc/shadow", "file of root", "chmod 640 /etc/shadow"], proposal.Consumed);
    }

    [Fact]
    public void A_name_that_does_not_stand_in_the_text_is_not_proposed()
    {
        const string Rules = """
            patterns:
              - name: cut
                body: 'package (?<name>ab)'
                action: { action: package, name: '{name}', state: present }
              - name: fixed
                body: 'mode (?<mode>[0-7]+)'
                action: { action: set-mode, path: /etc/shadow, mode: '{mode}' }
            """;

        Assert.Null(Propose(Rules, "", "package abc"));
        Assert.NotNull(Propose(Rules, "", "package ab."));
        Assert.Null(Propose(Rules, "", "mode 0600"));
        Assert.NotNull(new Extractor(ExtractionRules.Read("extract.yaml", Rules)).Propose(new RuleText("", "mode 0600", ["/etc/shadow"])));
    }

    [Fact]
    public void What_the_catalogue_refuses_is_not_proposed()
    {
        const string Rules = "patterns:\n  - { name: mode, body: 'chmod (?<mode>[0-7]+) (?<path>/[^ ]+)', action: { action: set-mode, path: '{path}', mode: '{mode|mode}' } }\n";

        Assert.Null(Propose(Rules, "", "chmod 0666 /etc/motd"));
        Assert.Null(Propose(Rules, "", "chmod 4755 /usr/bin/su"));
        Assert.Null(Propose(Rules, "", "chmod 0644 /etc/../etc/motd"));
        Assert.NotNull(Propose(Rules, "", "chmod 0644 /etc/motd"));
        Assert.Null(Propose(Rules, "", "chmod 0644 /etc/motd and chmod 4755 /usr/bin/su"));
    }

    [Fact]
    public void A_text_that_says_too_many_things_says_none()
    {
        var packages = string.Join('\n', Enumerable.Range(0, 100).Select(i => $"The p{i} package must be installed."));
        var again = string.Concat(Enumerable.Repeat("The aide package must be installed.\n", 1500));

        Assert.Null(Propose(Packages, "", packages));
        Assert.Null(Propose(Packages, "", again));
        Assert.NotNull(Propose(Packages, "", again[..(36 * 1000)]));
    }

    [Theory]
    [InlineData("644", "0644")]
    [InlineData("1777", "1777")]
    [InlineData("-rw-r-----", "0640")]
    [InlineData("drwxrwxrwt", "1777")]
    [InlineData("-rw-------.", "0600")]
    [InlineData("u=rw,g=r,o=", "0640")]
    [InlineData("u=rw,go=r", "0644")]
    [InlineData("a=r", "0444")]
    [InlineData("u-xs,g-xws,o-xwt", "0644")]
    [InlineData("u-x,go-rwx", "0600")]
    public void Modes_are_read_as_numbers_lists_and_words(string written, string expected) => Assert.Equal(expected, ModeOf(written));

    [Theory]
    [InlineData("u+s")]
    [InlineData("og-rwx")]
    [InlineData("u=rw,g-w")]
    [InlineData("0999")]
    [InlineData("restrictive")]
    public void What_is_no_whole_mode_is_none(string written) => Assert.Null(ModeOf(written));

    [Fact]
    public void A_group_that_matched_nothing_leaves_its_field_out()
    {
        const string Rules = "patterns:\n  - { name: mode, body: 'mode (?<mode>[0-7]+) of (?<path>/[a-z/]+)( for (?<owner>[a-z]+))?', action: { action: set-mode, path: '{path}', mode: '{mode}', owner: '{owner?}' } }\n";

        Assert.False(Propose(Rules, "", "mode 0600 of /etc/shadow")!.Action.TryGetProperty("owner", out _));
        Assert.Equal("root", Propose(Rules, "", "mode 0600 of /etc/shadow for root")!.Action.GetProperty("owner").GetString());
    }

    [Theory]
    [InlineData("a ")]
    [InlineData(" ")]
    [InlineData("'")]
    [InlineData("\"a\" ")]
    [InlineData("The aide package must be ")]
    [InlineData("((((")]
    [InlineData("/a")]
    [InlineData("line = ")]
    [InlineData("To check the permissions of /etc/a, following ")]
    [InlineData("Is it the case that \"a\" is not ")]
    [InlineData("grep a /etc/b\na = c\n")]
    [InlineData("chmod 0600 /etc/a\nchown root /etc/b\nchgrp root /etc/c\n")]
    [InlineData("[a]\nb = c\n/etc/d ")]
    public void Hostile_texts_take_bounded_time_with_the_patterns_that_ship(string piece)
    {
        var extractor = ShippedPatterns.Extractor;
        extractor.Propose(new RuleText("warm", "up", []));
        var clock = Stopwatch.StartNew();

        foreach (var length in new[] { 60_000, 1_000_000 })
        {
            extractor.Propose(new RuleText("Configure it", string.Concat(Enumerable.Repeat(piece, length / piece.Length)), []));
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"it took {clock.Elapsed}");
    }

    private static string? ModeOf(string written)
    {
        const string Rules = "patterns:\n  - { name: mode, body: 'mode (?<mode>.+) of (?<path>/[a-z/]+)', action: { action: set-mode, path: '{path}', mode: '{mode|mode}' } }\n";
        return Propose(Rules, "", $"mode {written} of /etc/shadow")?.Action.GetProperty("mode").GetString();
    }

    private static ActionProposal? Propose(string rules, string title, string body) => new Extractor(ExtractionRules.Read("extract.yaml", rules)).Propose(new RuleText(title, body, []));
}
