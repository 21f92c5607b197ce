using Forge.Scap.Engine;

namespace Forge.Scap.Tests.Engine;

public sealed class ContentVersionTests
{
    [Theory]
    [InlineData("0.1.82", "0.1.9", 1)]
    [InlineData("0.1.76", "0.1.82", -1)]
    [InlineData("0.1.82", "0.1.82", 0)]
    [InlineData("0.2", "0.1.82", 1)]
    [InlineData("", "0.1", -1)]
    [InlineData("1.2-rc", "1.2.1", -1)]
    public void Versions_compare_by_number(string left, string right, int expected) =>
        Assert.Equal(expected, Math.Sign(ContentVersion.Compare(left, right)));
}
