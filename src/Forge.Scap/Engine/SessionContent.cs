using System.Collections.Concurrent;
using System.IO.Compression;
using Forge.Core.Errors;
using Forge.Core.Skills;
using Forge.Core.Targets;

namespace Forge.Scap.Engine;

/// <summary>The content of a session: found once in a run and kept through reboots and reverts, for which sessions are made anew.</summary>
internal sealed class SessionContent
{
    private readonly ContentLibrary _library = new();
    private readonly ContentFinder _finder;
    private readonly ConcurrentDictionary<string, (string Run, PreparedContent Content)> _byTarget = new();

    /// <summary>Knows no content yet.</summary>
    public SessionContent() => _finder = new ContentFinder(_library);

    /// <summary>The content of a session, found if it was not yet.</summary>
    public async Task<PreparedContent> EnsureAsync(SkillSession session, ITarget verifier, CancellationToken cancellationToken)
    {
        if (Known(session) is { } known)
        {
            return known;
        }

        var prepared = await _finder.FindAsync(session, verifier, cancellationToken);
        session.State.Set(prepared);
        _byTarget[session.Target.Name] = (RunKey(session), prepared);
        return prepared;
    }

    /// <summary>The content of a session that was found before; null where it was not.</summary>
    public PreparedContent? Known(SkillSession session)
    {
        if (session.State.Get<PreparedContent>() is { } own)
        {
            return own;
        }

        if (!_byTarget.TryGetValue(session.Target.Name, out var kept) || kept.Run != RunKey(session))
        {
            return null;
        }

        session.State.Set(kept.Content);
        return kept.Content;
    }

    /// <summary>Where the target has the full stream: its own file, or a copy with the same digest in the session's folder, uploaded if it is not there.</summary>
    public static async Task<string> PathOnTargetAsync(PreparedContent content, SkillSession session, ITarget verifier, CancellationToken cancellationToken)
    {
        if (content.PathOnTarget is { } own)
        {
            return own;
        }

        var path = $"{session.RemoteFolder}/content-{content.Loaded.Sha256[..16]}.xml";
        var quoted = RemoteText.Quote(path);
        var check = $"printf '%s  %s\\n' {content.Loaded.Sha256} {quoted} | sha256sum -c";
        var prepare = new CommandRequest
        {
            // A folder that somebody else made beforehand under this name is refused: root is going to read from it.
            Script = $"""
                umask 077
                folder={RemoteText.Quote(session.RemoteFolder)}
                mkdir -p -m 700 "$folder" || exit 1
                if [ -L "$folder" ] || [ "$(stat -c %u "$folder")" != "$(id -u)" ]; then echo "$folder belongs to another user" >&2; exit 1; fi
                [ -f {quoted} ] && {check} > /dev/null 2>&1 && echo present
                exit 0

                """,
        };
        var there = await verifier.RunAsync(prepare, cancellationToken);
        if (!there.Succeeded)
        {
            throw RemoteFailure.Of(verifier, $"use the folder {session.RemoteFolder}", there);
        }

        if (there.Output.Trim() == "present")
        {
            return path;
        }

        using var packed = new MemoryStream();
        await using (var packer = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        await using (var file = File.OpenRead(content.Loaded.Path))
        {
            await file.CopyToAsync(packer, cancellationToken);
        }

        packed.Position = 0;
        await verifier.UploadAsync(new FileUpload(path + ".gz", packed), cancellationToken);
        var unpack = new CommandRequest { Script = $"gzip -dc {quoted}.gz > {quoted} && rm -f {quoted}.gz && {check}\n" };
        var unpacked = await verifier.RunAsync(unpack, cancellationToken);
        return unpacked.Succeeded ? path : throw RemoteFailure.Of(verifier, "store the SCAP content", unpacked);
    }

    /// <summary>The content for a step that has no connection to find it through.</summary>
    /// <exception cref="ForgeException">Id <c>ContentNotFound</c>.</exception>
    public PreparedContent Required(SkillSession session) => Known(session) ?? throw new ForgeException(
        "ContentNotFound",
        ForgeErrorKind.NotFound,
        $"The content for {session.Target.Name} was not looked for yet.",
        "Scan the target first.",
        session.Target.Name);

    private static string RunKey(SkillSession session) =>
        string.Join('\n', session.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Key + "=" + p.Value).Prepend(session.RemoteFolder).Prepend(session.Skill.Name));
}
