using System.Management.Automation;
using Forge.Cmdlets.Hosting;

namespace Forge.Cmdlets.Tests.Hosting;

public class DurationTests
{
    [Theory]
    [InlineData("0:30:00", 1800)]
    [InlineData("1.02:00:00", 93_600)]
    [InlineData("90s", 90)]
    [InlineData("30M", 1800)]
    [InlineData("1.5h", 5400)]
    [InlineData("2d", 172_800)]
    public void It_reads_what_people_write(string text, double seconds)
        => Assert.Equal(TimeSpan.FromSeconds(seconds), new DurationAttribute().Transform(null!, text));

    [Fact]
    public void It_reads_the_numbers_that_PowerShell_makes_of_90s_and_1d()
    {
        Assert.Equal(TimeSpan.FromSeconds(90), new DurationAttribute().Transform(null!, (short)90));
        Assert.Equal(TimeSpan.FromDays(1), new DurationAttribute().Transform(null!, 1m));
    }

    [Theory]
    [InlineData("30")]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("1e400h")]
    [InlineData("999999999999999d")]
    [InlineData("soon")]
    [InlineData(30)]
    public void It_refuses_what_has_no_unit(object value)
        => Assert.Throws<ArgumentTransformationMetadataException>(() => new DurationAttribute().Transform(null!, value));
}
