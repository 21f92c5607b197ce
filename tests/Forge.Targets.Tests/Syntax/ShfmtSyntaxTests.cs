using Forge.Core.Actions;
using Forge.Core.Actions.Typed;
using Forge.Core.Findings;
using Forge.Core.Policy;
using Forge.Targets.Local;

namespace Forge.Targets.Tests.Syntax;

public sealed class ShfmtSyntaxTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_what_a_script_touches()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/shfmt"), "shfmt is not installed");

        var effects = await new ShfmtSyntax().ReadAsync("f=/etc/issue\nif true; then echo é >\"$f\"; systemctl stop cron; fi\napt-get -y purge \"$(cat list)\" telnet\n", Now);

        Assert.NotNull(effects);
        Assert.True(effects.Parsed, effects.Problem);
        Assert.Contains(new Resource(ResourceKind.File, "/etc/issue"), effects.Resources);
        Assert.Equal(["cron"], effects.StoppedServices);
        Assert.Equal(["telnet"], effects.RemovedPackages);
    }

    [Theory]
    [InlineData("echo 'never ends")]
    [InlineData("if true; then")]
    [InlineData("fi")]
    public async Task A_script_that_does_not_parse_keeps_the_highest_class(string script)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/shfmt"), "shfmt is not installed");
        var effects = await new ShfmtSyntax().ReadAsync(script, Now);

        Assert.False(effects!.Parsed);
        Assert.NotEmpty(effects.Problem);
        Assert.Equal(ActionRisk.Irreversible, RiskClassifier.Assess(Script(script) with { Effects = effects }).Risk);
    }

    [Fact]
    public async Task Where_there_is_no_parser_there_is_no_reading_and_the_highest_class()
    {
        var effects = await new ShfmtSyntax("forge-no-such-program").ReadAsync("true", Now);

        Assert.Null(effects);
        Assert.Equal(ActionRisk.Irreversible, RiskClassifier.Assess(Script("true") with { Effects = effects }).Risk);
    }

    [Fact]
    public async Task A_script_that_was_read_can_lock_out_at_least()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/shfmt"), "shfmt is not installed");
        var harmless = Script("true");
        var grave = Script("userdel bob");

        Assert.Equal(ActionRisk.LockoutCapable, RiskClassifier.Assess(harmless with { Effects = await new ShfmtSyntax().ReadAsync(harmless.Script, Now) }).Risk);
        Assert.Equal(ActionRisk.Irreversible, RiskClassifier.Assess(grave with { Effects = await new ShfmtSyntax().ReadAsync(grave.Script, Now) }).Risk);
    }

    [Fact]
    public async Task A_deep_script_ends_as_one_that_cannot_be_read()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/shfmt"), "shfmt is not installed");
        var script = string.Concat(Enumerable.Repeat("( ", 3000)) + "true" + string.Concat(Enumerable.Repeat(" )", 3000));

        Assert.False((await new ShfmtSyntax().ReadAsync(script, Now))!.Parsed);
    }

    private static RunScriptAction Script(string text) => new() { Arm = "model", Summary = "", Script = text };
}
