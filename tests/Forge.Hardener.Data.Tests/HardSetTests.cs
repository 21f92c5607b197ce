using System.Text.Json;
using Forge.Core.Proposals;
using Forge.Core.Proposals.HeldOut;

namespace Forge.Hardener.Data.Tests;

public sealed class HardSetTests
{
    private readonly HardSet _hard = new(["Install chrony-extra", "set PermitRootLogin to no in /etc/ssh/sshd_config"]);

    [Theory]
    [InlineData("""{"action":"package","name":"ntpsec","state":"present"}""", true)]
    [InlineData("""{"action":"package","name":"chrony-extra","state":"absent"}""", false)]
    [InlineData("""{"action":"set-config","format":"sshd","key":"permitrootlogin","value":"yes"}""", false)]
    [InlineData("""{"action":"set-config","format":"sshd","key":"MaxSessions","value":"no"}""", true)]
    public void A_rule_is_hard_whose_subject_no_training_text_names(string action, bool isHard) => Assert.Equal(isHard, _hard.Holds(Answer(action)));

    [Fact]
    public void A_rule_without_an_action_is_not_counted() => Assert.False(_hard.Holds(Answer(null)));

    private static ExamAnswer Answer(string? action) => new(
        new HeldOutRule("r", "test", RuleWording.Content, new RuleText("t", "b", []), action is null ? null : JsonDocument.Parse(action).RootElement), null, null, 0);
}
