using Forge.Core.Actions.Typed;
using Forge.Core.Proposals;
using FsCheck;
using FsCheck.Fluent;

namespace Forge.Core.Tests.Extraction;

public sealed class ExtractorPropertyTests
{
    // What wordings are made of, so that shuffled texts reach into patterns.
    private static readonly string[] Pieces =
    [
        "The aide package can be installed", "with the following command:", "\n$ sudo apt-get install aide\n", "\n$ sudo dnf remove rsh\n", "chmod 0644 /etc/motd", "chmod u-x,go-rwx /etc/*", "chown root /etc/shadow",
        "systemctl mask --now atd.service", "The atd service can be disabled", "sysctl -w kernel.x=1\n", "\nkernel.x = ../..\n", "/etc/ssh/sshd_config:\nPort 22\n", "/etc/ssh/sshd_config:\nHostKey a#b\n",
        "prevent the udf kernel module from being loaded", "\ninstall udf /bin/false\n", "The nodev mount option", "controls mounting of /var.", "\n-w /etc/passwd -p wa -k x\n", "\n-a always,exit -S 'x' -k y\n",
        "/etc/audit/auditd.conf:\nflush = data\n", "set freq to 50 in /etc/audit/auditd.conf.", "\n[daemon]\nEnable=false\n", "/etc/gdm/custom.conf", "/etc/login.defs:\nUMASK 027\n", "\u202e", "\0", "\"", "'", "\n", " ", ".", "=",
    ];

    [Fact]
    public void Whatever_a_text_says_a_proposal_is_an_action_that_rests_on_words_of_the_text()
    {
        Prop.ForAll<string?, string?>((title, body) => Holds(new RuleText(title ?? "", body ?? "", []))).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => Holds(Shuffled(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void Shuffled_texts_do_reach_into_patterns() =>
        Assert.True(Enumerable.Range(0, 300).Count(seed => ShippedPatterns.Extractor.Propose(Shuffled(seed)) is not null) > 20);

    private static bool Holds(RuleText text)
    {
        if (ShippedPatterns.Extractor.Propose(text) is not { } proposal)
        {
            return true;
        }

        // Throws where it is none.
        ActionCatalog.Default.Parse(proposal.Action, "extractor");
        return proposal.Consumed.Count > 0 && proposal.Consumed.All(c => $"{text.Title}\n{text.Body}".Contains(c, StringComparison.Ordinal));
    }

    private static RuleText Shuffled(int seed)
    {
        var random = new Random(seed);
        return new RuleText("Configure it", string.Join(random.Next(2) == 0 ? " " : "\n", Enumerable.Range(0, 1 + random.Next(8)).Select(_ => Pieces[random.Next(Pieces.Length)])), []);
    }
}
