using System.Security.Cryptography;
using Forge.Core.Findings;
using Forge.Scap.Content;
using Forge.Scap.Profiles;
using Forge.Scap.Reading;

namespace Forge.Scap.Slim;

/// <summary>
/// Cuts slim data streams out of a full one: a few rules with all that their verdicts depend on, so that a scanner starts in milliseconds. The full stream
/// is taken apart once; cuts are then cheap. Safe to use from several threads.
/// </summary>
public sealed class SlimDataStreamCutter
{
    private readonly ContentIndex _index;

    private SlimDataStreamCutter(ContentIndex index) => _index = index;

    /// <summary>Takes a full data stream apart.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="options">Which checklist of the file; null for the first.</param>
    /// <exception cref="ScapFormatException">The file is damaged, hostile or no data stream.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SlimDataStreamCutter Open(string path, DataStreamReadOptions? options = null)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return Open(stream, path, options);
    }

    /// <summary>Takes a full data stream apart.</summary>
    /// <param name="stream">The bytes; left open.</param>
    /// <param name="name">Name for messages.</param>
    /// <param name="options">Which checklist of the stream; null for the first.</param>
    /// <exception cref="ScapFormatException">The stream is damaged, hostile or no data stream.</exception>
    public static SlimDataStreamCutter Open(Stream stream, string name, DataStreamReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= DataStreamReadOptions.Default;
        using var reader = GuardedXmlReader.Open(stream, name, options.Limits);
        return new SlimDataStreamCutter(ContentIndex.Read(reader, options));
    }

    /// <summary>Files, packages, services and kernel parameters that the checks of a rule read, as far as the content names them; for patterns of paths
    /// the folder that they begin with.</summary>
    public IReadOnlyList<Resource> Reads(Rule rule)
    {
        var resources = new HashSet<Resource>();
        foreach (var items in ItemsOf(rule))
        {
            OvalReads.Add(items, resources);
        }

        return [.. resources];
    }

    /// <summary>How many searches through whole file systems the checks of a rule make: what takes seconds to minutes, where all else takes milliseconds.</summary>
    public int Walks(Rule rule) => ItemsOf(rule).Sum(OvalReads.Walks);

    private IEnumerable<HashSet<OvalItem>> ItemsOf(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        foreach (var content in rule.EffectiveChecks.Where(c => c.System == ScapNames.OvalSystem).SelectMany(c => c.Contents))
        {
            if (content.Name is { } name && _index.Catalog.TryGetValue(content.Href, out var component) && _index.Oval.TryGetValue(component, out var oval))
            {
                yield return oval.Closure([name], []);
            }
        }
    }

    /// <summary>Writes a slim data stream.</summary>
    /// <param name="ruleIds">Full ids of the rules; at least one.</param>
    /// <param name="profile">Profile whose values and refinements count, resolved from the same content.</param>
    /// <param name="output">Gets the bytes; left open. Nothing is written where it cannot be cut.</param>
    /// <exception cref="ArgumentException">No rule was given.</exception>
    public SlimCut Cut(IReadOnlyCollection<string> ruleIds, ResolvedProfile profile, Stream output)
    {
        ArgumentNullException.ThrowIfNull(ruleIds);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(output);
        if (ruleIds.Count == 0)
        {
            throw new ArgumentException("At least one rule is needed.", nameof(ruleIds));
        }

        var plan = SlimPlan.Make(_index, ruleIds, profile);
        if (plan.Reason is not null)
        {
            return new SlimCut { Reason = plan.Reason };
        }

        using var buffer = new MemoryStream();
        SlimWriter.Write(_index, plan, profile, buffer);
        var bytes = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        output.Write(bytes);
        return new SlimCut
        {
            RuleIds = plan.RuleIds,
            ProfileId = SlimWriter.ProfileId(profile),
            Values = plan.ValueIds.Count,
            OvalItems = plan.Oval.Values.Sum(o => o.Count),
            Length = bytes.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        };
    }
}
