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
