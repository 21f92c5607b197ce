using Forge.Scap.Engine;
using Forge.Scap.Results;

namespace Forge.Scap.Tests.Engine;

/// <summary>Rules that the scanner checks by scripts, which it runs from /tmp.</summary>
public sealed class ScriptCheckTests : EngineOnThisMachine
{
    [Theory]
    [InlineData("")]
    [InlineData("noexec")]
    public async Task Their_verdicts_do_not_depend_on_the_options_of_tmp(string option)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/unshare"), "a /tmp of its own needs root and unshare (package util-linux)");
        var target = new ShellTarget { Around = ["unshare", "-m", "sh", "-c", $"mount -t tmpfs -o {(option.Length > 0 ? option : "exec")} tmpfs /tmp && exec \"$@\"", "sh"] };

        var stream = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Corpus", "sce-ds.xml"), Token);

        var output = await ScannerRunner.RunAsync(
            new ScannerCall { Scanner = "oscap", Stream = stream, SkipValidation = true, Limit = TimeSpan.FromSeconds(60) }, target, Token);

        Assert.Equal(
            [("passes", RuleOutcome.Pass), ("fails", RuleOutcome.Fail)],
            output.Results.Rules.Select(r => (r.RuleId[Fixtures.Rule.Length..], r.Outcome)));
    }

    [Fact]
    public void Only_a_stream_with_such_checks_asks_for_it()
    {
        var call = new ScannerCall { Scanner = "oscap", Stream = Fixtures.MiniBytes, Limit = TimeSpan.FromSeconds(60) };

        Assert.DoesNotContain("oscap-run-sce-script", ScannerRunner.Script(call, hasInput: true), StringComparison.Ordinal);
        Assert.Contains("oscap-run-sce-script", ScannerRunner.Script(call with { Stream = null, PathOnTarget = "/x.xml" }, hasInput: false), StringComparison.Ordinal);
    }
}
