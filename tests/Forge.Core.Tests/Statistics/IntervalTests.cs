using Forge.Core.Statistics;
using FsCheck;
using FsCheck.Fluent;

namespace Forge.Core.Tests.Statistics;

public class IntervalTests
{
    private static readonly Arbitrary<PairedTable> Tables = Gen.Choose(0, 60).Four()
        .Where(t => t.Item1 + t.Item2 + t.Item3 + t.Item4 > 0)
        .Select(t => new PairedTable(t.Item1, t.Item2, t.Item3, t.Item4))
        .ToArbitrary();

    // Method 3 in table I of R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_interval_of_a_share_is_the_published_one(int count, int of, double low, double high)
    {
        var interval = WilsonInterval.Of(count, of);

        Assert.Equal((low, high), (Math.Round(interval.Low, 4), Math.Round(interval.High, 4)));
    }

    // Published: the first, complete response in myeloma, is "Newcombe square-and-add" in chapter 8 of M. W. Fagerland, S. Lydersen and P. Laake, "Statistical
    // Analysis of Contingency Tables" (2017), to four digits in the tests of their R package contingencytables. The others were done by hand from the formulas
    // of method 10: a negative, a positive and a cut-off correlation, nothing discordant, an empty margin.
    [Theory]
    [InlineData(59, 6, 16, 80, 0.0046, 0.1186)]
    [InlineData(1, 1, 7, 12, 0.0256, 0.5069)]
    [InlineData(14, 5, 0, 22, -0.2265, -0.0115)]
    [InlineData(36, 12, 2, 0, -0.3404, -0.0569)]
    [InlineData(30, 0, 0, 24, -0.0358, 0.0358)]
    [InlineData(54, 0, 0, 0, -0.0664, 0.0664)]
    public void The_interval_of_a_difference_is_the_known_one(int both, int onlyFirst, int onlySecond, int neither, double low, double high)
    {
        var interval = PairedDifferenceInterval.Of(new(both, onlyFirst, onlySecond, neither));

        Assert.Equal((low, high), (Math.Round(interval.Low, 4), Math.Round(interval.High, 4)));
    }

    [Fact]
    public void The_interval_of_a_share_contains_it_and_stays_between_0_and_1() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Gen.Choose(0, 1000).Two().Where(t => t.Item1 + t.Item2 > 0).ToArbitrary(), t =>
        {
            var interval = WilsonInterval.Of(t.Item1, t.Item1 + t.Item2);
            return interval.Contains((double)t.Item1 / (t.Item1 + t.Item2)) && interval.Low >= 0 && interval.High <= 1;
        }));

    [Fact]
    public void The_interval_of_a_difference_contains_it_and_stays_between_minus_1_and_1() => Holds(table =>
    {
        var interval = PairedDifferenceInterval.Of(table);
        return interval.Contains(table.Difference) && interval.Low >= -1 && interval.High <= 1;
    });

    [Fact]
    public void Exchanging_the_sides_turns_the_interval_round() => Holds(table =>
    {
        var (one, other) = (PairedDifferenceInterval.Of(table), PairedDifferenceInterval.Of(table.Swapped));
        return Math.Abs(one.Low + other.High) < 1e-12 && Math.Abs(one.High + other.Low) < 1e-12;
    });

    [Fact]
    public void Exchanging_yes_and_no_turns_the_interval_round() => Holds(table =>
    {
        var (one, other) = (PairedDifferenceInterval.Of(table), PairedDifferenceInterval.Of(new(table.Neither, table.OnlySecond, table.OnlyFirst, table.Both)));
        return Math.Abs(one.Low + other.High) < 1e-12 && Math.Abs(one.High + other.Low) < 1e-12;
    });

    [Fact]
    public void Ten_times_as_many_of_each_make_it_narrower() => Holds(table =>
    {
        var (few, many) = (PairedDifferenceInterval.Of(table), PairedDifferenceInterval.Of(new(10 * table.Both, 10 * table.OnlyFirst, 10 * table.OnlySecond, 10 * table.Neither)));
        return many.High - many.Low < few.High - few.Low;
    });

    [Fact]
    public void Nothing_has_no_share_and_no_difference()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => WilsonInterval.Of(3, 2));
        Assert.Contains("no pairs", Assert.Throws<ArgumentException>(() => new PairedTable(0, 0, 0, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Median.Of([]));
    }

    [Fact]
    public void The_median_is_in_the_middle()
    {
        Assert.Equal(2, Median.Of([3, 1, 2]));
        Assert.Equal(2.5, Median.Of([4, 1, 3, 2]));
    }

    private static void Holds(Func<PairedTable, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Tables, table => property(table)));
}
