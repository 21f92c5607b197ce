using System.Text;
using Forge.Core.Skills;
using Forge.Core.Targets;
using Forge.Scap.Engine;

namespace Forge.Scap.Tests.Engine;

/// <summary>The engine with this machine as its target; the real scanner evaluates, nothing is changed.</summary>
public abstract class EngineOnThisMachine : IDisposable
{
    protected EngineOnThisMachine()
    {
        Oscap.Run("--version");
        Directory.CreateDirectory(Folder.File("content"));
    }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    internal TemporaryFolder Folder { get; } = new();

    internal ShellTarget Target { get; } = new();

    internal XccdfEngine Engine { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal SkillSession Session(string? content = "mini", string profile = "strict", string? tailoring = null, string scanner = "oscap", string run = "run", int processors = 1)
    {
        var parameters = new Dictionary<string, string> { ["profile"] = profile };
        if (content is not null)
        {
            parameters["content"] = content == "mini" ? Fixtures.MiniPath : content;
        }

        if (tailoring is not null)
        {
            parameters["tailoring"] = tailoring;
        }

        return new SkillSession
        {
            Skill = new Skill
            {
                Name = "any",
                Title = "Any",
                Engine = "xccdf",
                Folder = Folder.File("skill"),
                Settings = new Dictionary<string, IReadOnlyList<string>>
                {
                    ["content"] = ["ssg-{os}{version}-ds.xml", "ssg-{os}-ds.xml"],
                    ["contentFolders"] = [Folder.File("content")],
                    ["idPrefix"] = [Fixtures.Rule],
                    ["scanner"] = [scanner],
                },
            },
            Target = Target.Description,
            Facts = new HostFacts
            {
                OsId = "testos", OsVersion = "7.1", OsName = "Test OS 7", Architecture = "x86_64", Kernel = "1", BootId = "b", Virtualization = "none",
                FreeBytes = 1, TotalBytes = 1, Clock = DateTimeOffset.UnixEpoch, Processors = processors,
            },
            Parameters = parameters,
            Blobs = new MemoryBlobs(),
            CacheFolder = Folder.File("cache"),
            RemoteFolder = Folder.File("remote-" + run),
        };
    }

    /// <summary>A script in the scanner's place.</summary>
    internal string Script(string text)
    {
        var path = Folder.File("scanner");
        File.WriteAllText(path, "#!/bin/sh\n" + text, new UTF8Encoding(false));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
