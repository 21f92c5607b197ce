using System.Diagnostics;
using Forge.Core.Actions;
using Forge.Core.Fixes;
using Forge.Core.Findings;
using Forge.Core.Policy;
using Forge.Core.Skills;
using Forge.Core.Tests.Decisions;

namespace Forge.Core.Tests.Fixes;

public sealed class SkillFixSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("forge-skill").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_skills_fix_runs_after_the_contents_own_even_where_that_exits()
    {
        var action = await ProposeAsync(new Source("word=content\necho \"$word\"\nexit 0"), "echo \"${word:-} $FORGE_ITEM\"\n");

        Assert.Equal("content+skill", action!.Arm);
        Assert.Equal((0, "content\n it's\n"), Bash(action.ToScript()));
    }

    [Theory]
    [InlineData("exit 3", "true", 3)]
    [InlineData("true", "exit 4", 4)]
    [InlineData("exit 3", "exit 4", 4)]
    public async Task A_fault_of_either_is_the_exit_code(string content, string own, int code) =>
        Assert.Equal(code, Bash((await ProposeAsync(new Source(content), own))!.ToScript()).Code);

    [Fact]
    public async Task Without_a_fix_of_the_content_the_skills_own_runs_alone()
    {
        var action = await ProposeAsync(new Source(null), "chmod 0600 /etc/one\n");

        Assert.Equal(("skill", "disk"), (action!.Arm, action.Summary));
        Assert.Contains(new Resource(ResourceKind.File, "/etc/one"), action.Resources);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("true")]
    public async Task One_that_is_complete_only_after_a_reboot_says_so(string? content)
    {
        var skill = SkillWith("true\n") with { Fixes = [new SkillFix(["^it's$"], "own.sh", "because", NeedsReboot: true)] };
        var action = await new SkillFixSource(skill, [new Source(content)]).ProposeAsync(RequestFor(skill, "it's"), TestContext.Current.CancellationToken);

        Assert.True(action!.NeedsReboot);
    }

    [Theory]
    [InlineData(null, "one two\n", "content")]
    [InlineData("own.sh", "one two\nafter \n", "content+skill")]
    public async Task What_comes_before_the_contents_own_fix_shares_its_shell_and_does_not_reach_what_comes_after(string? script, string output, string arm)
    {
        var skill = SkillWith("echo \"after ${word-}\"\n") with { Fixes = [new SkillFix(["^it's$"], script, "because", Before: "before.sh")] };
        await File.WriteAllTextAsync(Path.Combine(_folder, "before.sh"), "word=one\ntrap 'echo two' EXIT\n", TestContext.Current.CancellationToken);
        var action = await new SkillFixSource(skill, [new Source("printf '%s ' \"$word\"\nexit 3")]).ProposeAsync(RequestFor(skill, "it's"), TestContext.Current.CancellationToken);

        Assert.Equal((arm, (3, output)), (action!.Arm, Bash(action.ToScript())));
    }

    [Fact]
    public async Task What_only_comes_before_is_nothing_where_the_content_has_no_fix()
    {
        var skill = SkillWith("true\n") with { Fixes = [new SkillFix(["^it's$"], null, "because", Before: "own.sh")] };

        Assert.Null(await new SkillFixSource(skill, [new Source(null)]).ProposeAsync(RequestFor(skill, "it's"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_item_without_a_fix_of_the_skill_gets_the_contents_own_as_it_is()
    {
        var skill = SkillWith("true\n") with { Fixes = [new SkillFix(["^other$"], "own.sh", "because")] };
        var action = await new SkillFixSource(skill, [new Source("echo one")]).ProposeAsync(RequestFor(skill, "it's"), TestContext.Current.CancellationToken);

        Assert.Equal(("content", "echo one"), (action!.Arm, action.ToScript()));
    }

    [Fact]
    public async Task What_both_touch_counts_for_the_class()
    {
        var action = await ProposeAsync(new Source("chmod 0640 /var/log/one"), "systemctl restart ssh\n");

        Assert.Equal(ActionRisk.LockoutCapable, RiskClassifier.Assess(action!).Risk);
        Assert.Contains(new Resource(ResourceKind.File, "/var/log/one"), action!.Resources);
    }

    [Theory]
    [InlineData("DEBIAN_FRONTEND=noninteractive apt-get install -y \"aide\"")]
    [InlineData("apt-get install -y sudo")]
    public async Task What_the_shipped_skill_puts_before_packages_does_not_change_their_class(string install)
    {
        var skill = SkillWith("true\n") with { Folder = Path.Combine(Skills.SkillScriptTests.FindRoot(), "skills", "stig"), Fixes = [new SkillFix(["^it's$"], null, "because", Before: "fixes/quick-ucf.sh")] };
        var action = await new SkillFixSource(skill, [new Source(install)]).ProposeAsync(RequestFor(skill, "it's"), TestContext.Current.CancellationToken);
        var plain = await new Source(install).ProposeAsync(RequestFor(skill, "it's"), TestContext.Current.CancellationToken);

        Assert.NotEqual(plain!.ToScript(), action!.ToScript());
        Assert.Equal(RiskClassifier.Assess(plain).Risk, RiskClassifier.Assess(action).Risk);
        Assert.Equal(plain.Resources, action.Resources);
    }

    private static FixRequest RequestFor(Skill skill, string id) => new(
        new SkillSession
        {
            Skill = skill,
            Target = new() { Name = "web01" },
            Facts = new() { OsId = "debian", OsVersion = "12", OsName = "", Architecture = "x86_64", Kernel = "", BootId = "", Virtualization = "", FreeBytes = 0, TotalBytes = 0, Clock = default },
            Blobs = null!,
            CacheFolder = "",
            RemoteFolder = "",
            Parameters = new Dictionary<string, string>(),
        },
        DecisionSample.Item(id) with { Title = "disk" },
        1,
        []);

    private Skill SkillWith(string own)
    {
        File.WriteAllText(Path.Combine(_folder, "own.sh"), own);
        return new Skill { Name = "any", Title = "Any", Engine = "xccdf", Folder = _folder, Fixes = [new SkillFix(["^it's$"], "own.sh", "because")] };
    }

    private async Task<ForgeAction?> ProposeAsync(IFixSource source, string own)
    {
        var skill = SkillWith(own);
        return await new SkillFixSource(skill, [source]).ProposeAsync(RequestFor(skill, "it's"), TestContext.Current.CancellationToken);
    }

    private static (int Code, string Output) Bash(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private sealed class Source(string? script) : IFixSource
    {
        public string Arm => "content";

        public Task<ForgeAction?> ProposeAsync(FixRequest request, CancellationToken cancellationToken) =>
            Task.FromResult<ForgeAction?>(script is null ? null : new ScriptAction { Arm = Arm, Summary = "content", Script = script, Resources = Forge.Core.Actions.Shell.ShellEffectsReader.Read(script).Resources });
    }
}
