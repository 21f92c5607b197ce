using System.IO.Compression;
using Forge.Core.Errors;
using Forge.Core.Skills;
using Forge.Core.Targets;
using Forge.Scap.Profiles;

namespace Forge.Scap.Engine;

/// <summary>Finds the content for a target: the file that the user names, or the newest of those on this machine and on the target; of equals the target's own.</summary>
internal sealed class ContentFinder(ContentLibrary library)
{
    private const int MostBytes = 256 << 20;

    /// <summary>Finds content and resolves the profile.</summary>
    /// <exception cref="ForgeException">Ids <c>ContentNotFound</c>, <c>ScapFormat</c>, <c>ProfileUnusable</c>, <c>TargetCommandFailed</c>.</exception>
    public async Task<PreparedContent> FindAsync(SkillSession session, ITarget verifier, CancellationToken cancellationToken)
    {
        var settings = EngineSettings.Of(session.Skill);
        var (loaded, pathOnTarget) = await LocateAsync(session, settings, verifier, cancellationToken);
        var tailoring = Parameter(session, "tailoring") is { } path ? TailoringReader.Read(Existing(path, "tailoring")) : null;
        var profile = ProfileResolver.Resolve(loaded.Benchmark, Parameter(session, "profile"), tailoring);
        return new PreparedContent(settings, loaded, profile, pathOnTarget);
    }

    /// <summary>A parameter of the skill; null where it is absent or empty.</summary>
    public static string? Parameter(SkillSession session, string name) =>
        session.Parameters.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private async Task<(LoadedContent Loaded, string? PathOnTarget)> LocateAsync(
        SkillSession session, EngineSettings settings, ITarget verifier, CancellationToken cancellationToken)
    {
        if (Parameter(session, "content") is { } given)
        {
            return (library.Load(Existing(given, "content")), null);
        }

        var names = settings.NamesFor(session.Facts);
        var folders = settings.ContentFolders;
        var candidates = names.SelectMany(n => folders.Select(f => f.TrimEnd('/') + "/" + n)).ToList();
        var local = candidates.Where(File.Exists).Take(1).Select(library.Load).FirstOrDefault();
        var remote = await OnTargetAsync(session, candidates, verifier, cancellationToken);
        if (local is null && remote is null)
        {
            throw new ForgeException(
                "ContentNotFound",
                ForgeErrorKind.NotFound,
                $"There is no SCAP content for {session.Facts.OsName} ({string.Join(", ", names)}) in {string.Join(", ", folders)}, neither here nor on {session.Target.Name}.",
                "Install the package scap-security-guide (Debian: ssg-debian, ssg-nondebian) on either machine, or name a data stream with the parameter 'content'.",
                session.Target.Name);
        }

        return remote is not null && (local is null || ContentVersion.Compare(remote.Value.Loaded.Benchmark.Version, local.Benchmark.Version) >= 0)
            ? (remote.Value.Loaded, remote.Value.Path)
            : (local!, null);
    }

    private static string Existing(string path, string parameter) => File.Exists(path)
        ? Path.GetFullPath(path)
        : throw new ForgeException(
            "ContentNotFound", ForgeErrorKind.NotFound, $"The file {path} (parameter '{parameter}') does not exist on this machine.", "Give the path of a file on this machine.", path);

    private async Task<(LoadedContent Loaded, string Path)?> OnTargetAsync(
        SkillSession session, List<string> candidates, ITarget verifier, CancellationToken cancellationToken)
    {
        if (candidates.Count == 0)
        {
            return null;
        }

        var script = $"for file in {string.Join(' ', candidates.Select(RemoteText.Quote))}; do\n  [ -r \"$file\" ] && sha256sum \"$file\" && exit 0\ndone\nexit 0\n";
        var listed = await RunAsync(verifier, new CommandRequest { Script = script }, cancellationToken);
        var line = listed.Output.Split('\n')[0];
        if (line.Length < 66)
        {
            return null;
        }

        var digest = line[..64];
        var path = line[64..].TrimStart(' ', '*');
        var copy = Path.Combine(session.CacheFolder, "scap", digest + "-ds.xml");
        if (!File.Exists(copy) || library.Digest(copy) != digest)
        {
            await FetchAsync(session, path, digest, copy, verifier, cancellationToken);
        }

        return (library.Load(copy), path);
    }

    private async Task FetchAsync(SkillSession session, string path, string digest, string copy, ITarget verifier, CancellationToken cancellationToken)
    {
        var request = new CommandRequest
        {
            Script = $"gzip -nc {RemoteText.Quote(path)} | base64\n",
            MaxOutputBytes = MostBytes,
            Timeout = TimeSpan.FromMinutes(5),
        };
        var packed = await RunAsync(verifier, request, cancellationToken);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        var part = copy + "." + Guid.NewGuid().ToString("n") + ".part";
        using (var bytes = new MemoryStream(Convert.FromBase64String(packed.Output)))
        using (var unpacked = new GZipStream(bytes, CompressionMode.Decompress))
        using (var file = File.Create(part))
        {
            await unpacked.CopyToAsync(file, cancellationToken);
        }

        if (library.Digest(part) != digest)
        {
            File.Delete(part);
            throw new ForgeException(
                "TargetCommandFailed", ForgeErrorKind.Corrupt, $"{path} of {session.Target.Name} did not arrive whole.", "Try again; if it stays so, look at the connection.", session.Target.Name);
        }

        File.Move(part, copy, overwrite: true);
    }

    private static async Task<CommandResult> RunAsync(ITarget verifier, CommandRequest request, CancellationToken cancellationToken)
    {
        var result = await verifier.RunAsync(request, cancellationToken);
        return result.Succeeded && result.OutputDropped == 0 ? result : throw RemoteFailure.Of(verifier, "look for SCAP content", result);
    }
}
