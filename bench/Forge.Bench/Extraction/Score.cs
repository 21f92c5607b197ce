using System.Globalization;
using Forge.Core.Statistics;

namespace Forge.Bench.Extraction;

/// <summary>Counts of readings.</summary>
/// <param name="Rules">Rules that have an action.</param>
/// <param name="Proposed">Those of them for which there is a proposal.</param>
/// <param name="Exact">Those of them whose proposal is the vendor's action.</param>
internal sealed record Score(int Rules, int Proposed, int Exact)
{
    public static Score Of(IReadOnlyCollection<Reading> readings) => new(readings.Count, readings.Count(r => r.Proposal is not null), readings.Count(r => r.IsExact));

    /// <summary>Of what is proposed, what is right, with its interval.</summary>
    public string Precision => Share(Exact, Proposed);

    /// <summary>Of all, what is right, with its interval.</summary>
    public string Recall => Share(Exact, Rules);

    private static string Share(int count, int of) =>
        of == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * count / of:0.0} ({WilsonInterval.Of(count, of)})");
}
