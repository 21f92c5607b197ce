using Forge.Core.Journal;
using Forge.Core.Skills;
using Forge.Core.Targets;
using Forge.Lab;
using Forge.Scap.Engine;
using Forge.Targets;
using Forge.Targets.Facts;

namespace Forge.Bench;

/// <summary>A lab machine that the build made, with one connection as the loop's verifier has it.</summary>
internal sealed class BenchMachine : IAsyncDisposable
{
    private BenchMachine(TargetDescription description, ITarget target, HostFacts facts, string home) => (Description, Target, Facts, Home) = (description, target, facts, home);

    public TargetDescription Description { get; }

    public ITarget Target { get; }

    public HostFacts Facts { get; }

    public string Home { get; }

    public static async Task<BenchMachine> ConnectAsync(string lab)
    {
        var home = Environment.GetEnvironmentVariable("FORGE_HOME") ?? throw new InvalidOperationException("FORGE_HOME is not set");
        var labs = new LabService(LabOptions.FromEnvironment());
        var description = labs.Get(lab).ToTarget();
        var connector = new TargetConnector(new TargetOptions { ForgeHome = home });
        var target = await connector.ConnectAsync(description, ConnectionRole.Verifier, CancellationToken.None);
        var facts = await new TargetInspector(connector, TimeProvider.System).ReadFactsAsync(target, CancellationToken.None);
        return new BenchMachine(description, target, facts, home);
    }

    /// <summary>A session of the skill of that engine, with a content and profile of its own.</summary>
    public SkillSession Session(XccdfEngine engine, string content, string profile)
    {
        var folder = Directory.EnumerateDirectories(Path.Combine(Directory.GetCurrentDirectory(), "skills"))
            .First(d => File.Exists(Path.Combine(d, "skill.yaml")) && SkillLoader.Check(d, [engine.Name]).Count == 0);
        var skill = SkillLoader.Load(folder, [engine.Name]);
        return new SkillSession
        {
            Skill = skill,
            Target = Description,
            Facts = Facts,
            Parameters = skill.WithDefaults(new Dictionary<string, string> { ["content"] = content, ["profile"] = profile }),
            Blobs = DigestOnlyBlobs.Instance,
            CacheFolder = Path.Combine(Home, "cache"),
            RemoteFolder = "/var/tmp/forge-bench-" + Path.GetFileNameWithoutExtension(content),
        };
    }

    public async Task<CommandResult> RunAsync(string script, bool asRoot = true)
    {
        var request = new CommandRequest { Script = script, Elevation = asRoot ? Elevation.Sudo : Elevation.None, Timeout = TimeSpan.FromMinutes(30), MaxOutputBytes = 64 << 20 };
        var result = await Target.RunAsync(request, CancellationToken.None);
        return result.Succeeded ? result : throw new InvalidOperationException($"a command on the machine ended with {result.ExitCode}: {result.Error}");
    }

    public ValueTask DisposeAsync() => Target.DisposeAsync();
}
