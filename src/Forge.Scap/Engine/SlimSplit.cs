namespace Forge.Scap.Engine;

/// <summary>Which rules go into a slim stream and which need the full one.</summary>
internal sealed record SlimSplit
{
    /// <summary>Rules in the slim stream.</summary>
    public IReadOnlyList<string> Slim { get; private init; } = [];

    /// <summary>The slim stream; null where no rule is in it.</summary>
    public byte[]? Stream { get; private init; }

    /// <summary>Profile in the slim stream.</summary>
    public string ProfileId { get; private init; } = "";

    /// <summary>Rules that need the full stream.</summary>
    public IReadOnlyList<string> Whole { get; private init; } = [];

    /// <summary>Why the first of them needs it; empty where none does.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>Splits rules and cuts the slim stream.</summary>
    public static SlimSplit Of(PreparedContent content, IReadOnlyList<string> rules)
    {
        if (content.Loaded.Cutter is not { } cutter)
        {
            return new SlimSplit { Whole = rules, Reason = "the content is a plain benchmark, not a data stream" };
        }

        using var together = new MemoryStream();
        var cut = cutter.Cut(rules, content.Profile, together);
        if (cut.IsCut)
        {
            return new SlimSplit { Slim = rules, Stream = together.ToArray(), ProfileId = cut.ProfileId };
        }

        var reasons = rules.ToDictionary(r => r, r => cutter.Cut([r], content.Profile, System.IO.Stream.Null).Reason);
        var slim = rules.Where(r => reasons[r] is null).ToList();
        if (slim.Count > 0 && slim.Count < rules.Count)
        {
            cut = cutter.Cut(slim, content.Profile, together);
            if (cut.IsCut)
            {
                var whole = rules.Except(slim).ToList();
                return new SlimSplit { Slim = slim, Stream = together.ToArray(), ProfileId = cut.ProfileId, Whole = whole, Reason = reasons[whole[0]]! };
            }
        }

        return new SlimSplit { Whole = rules, Reason = cut.Reason! };
    }
}
