using System.Numerics;
using Forge.Core.Statistics;
using FsCheck;
using FsCheck.Fluent;

namespace Forge.Core.Tests.Statistics;

public class ExactSignTestTests
{
    private static readonly Arbitrary<(int, int)> Counts = Gen.Choose(0, 400).Two().Select(t => (t.Item1, t.Item2)).ToArbitrary();

    // By hand: 2 * (1 + 5) / 32, 2 * 1 / 64, 2 * 1 / 32. Published: 1 against 7 and 6 against 16 are the airway and the myeloma example of M. W. Fagerland,
    // S. Lydersen and P. Laake, "The McNemar test for binary matched-pairs data", BMC Medical Research Methodology 13 (2013) 91: 0.0703 and 0.0525.
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(0, 1, 1)]
    [InlineData(1, 4, 0.375)]
    [InlineData(0, 5, 0.0625)]
    [InlineData(0, 6, 0.03125)]
    [InlineData(1, 7, 0.0703125)]
    [InlineData(6, 16, 0.052478790283203125)]
    [InlineData(144, 256, 2.3308680873706575e-08)]
    public void It_gives_the_known_p_value(int oneWay, int otherWay, double expected) =>
        Assert.Equal(expected, ExactSignTest.PValue(oneWay, otherWay), expected * 1e-11);

    [Theory]
    [InlineData(950, 1_050)]
    [InlineData(1_900, 2_100)]
    [InlineData(700, 1_300)]
    public void It_holds_for_many_pairs_against_whole_numbers(int oneWay, int otherWay)
    {
        var n = oneWay + otherWay;
        var (sum, term) = (BigInteger.Zero, BigInteger.One);
        for (var k = 0; k <= oneWay; k++)
        {
            sum += term;
            term = term * (n - k) / (k + 1);
        }

        var expected = Math.Exp(BigInteger.Log(sum * 2) - (n * Math.Log(2)));
        Assert.Equal(expected, ExactSignTest.PValue(oneWay, otherWay), expected * 1e-9);
    }

    [Fact]
    public void It_holds_for_a_million_pairs_against_the_normal_distribution() =>
        Assert.Equal(NormalApproximation(499_000, 501_000), ExactSignTest.PValue(499_000, 501_000), 1e-5);

    [Fact]
    public void Either_way_is_the_same() => Holds(c => ExactSignTest.PValue(c.One, c.Other) == ExactSignTest.PValue(c.Other, c.One));

    [Fact]
    public void It_is_a_probability() => Holds(c => ExactSignTest.PValue(c.One, c.Other) is > 0 and <= 1);

    [Fact]
    public void One_more_the_heavier_way_never_raises_it() => Holds(c =>
    {
        var (few, many) = (Math.Min(c.One, c.Other), Math.Max(c.One, c.Other));
        return ExactSignTest.PValue(few, many + 1) <= ExactSignTest.PValue(few, many) * (1 + 1e-12);
    });

    [Fact]
    public void Fewer_than_six_that_differ_are_never_significant_and_six_can_be()
    {
        var most = ExactSignTest.LeastForSignificance - 1;
        Assert.All(Enumerable.Range(0, most + 1), k => Assert.True(ExactSignTest.PValue(k, most - k) >= ExactSignTest.Level));
        Assert.True(ExactSignTest.PValue(0, ExactSignTest.LeastForSignificance) < ExactSignTest.Level);
    }

    [Fact]
    public void A_negative_count_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => ExactSignTest.PValue(-1, 3));

    // With the correction for continuity; 1e6 pairs are near enough to the normal distribution for five digits. erfc by its continued fraction
    // (Abramowitz and Stegun 7.1.14), good for arguments above 1.
    private static double NormalApproximation(int oneWay, int otherWay)
    {
        var x = (Math.Abs(otherWay - oneWay) - 1) / Math.Sqrt((double)oneWay + otherWay) / Math.Sqrt(2);
        var fraction = x;
        for (var k = 200; k > 0; k--)
        {
            fraction = x + (k / 2.0 / fraction);
        }

        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }

    private static void Holds(Func<(int One, int Other), bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Counts, c => property(c)));
}
