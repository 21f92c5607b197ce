using Forge.Targets.Facts;

namespace Forge.Targets.Tests.Facts;

public sealed class OsReleaseTests
{
    [Theory]
    [InlineData("ID=debian", "debian")]
    [InlineData("ID=\"rhel\"", "rhel")]
    [InlineData("ID='sles'", "sles")]
    [InlineData("  ID=alpine  ", "alpine")]
    [InlineData("ID=\"a \\\"b\\\" \\$c \\`d \\\\ \\n\"", "a \"b\" $c `d \\ \\n")]
    [InlineData("ID='a\\b'", "a\\b")]
    [InlineData("ID=one\nID=two", "two")]
    [InlineData("#ID=no\nID=yes", "yes")]
    [InlineData("ID=", "")]
    [InlineData("ID=\"open", "open")]
    [InlineData("ID=a\\ b", "a b")]
    public void Values_are_read_as_a_shell_would(string text, string value) => Assert.Equal(value, OsRelease.Parse(text)["ID"]);

    [Fact]
    public void A_host_without_version_has_an_empty_one()
    {
        var facts = HostFactsReader.Parse(
            "arch x86_64\nkernel 6.1\nboot b-1\nvirt \ndisk /dev/mapper/a b 100 40 60 40% /\nprocessors 4\nclock 1700000000.500000000\nos\nID=arch\nPRETTY_NAME=\"Arch Linux\"\n", "x");
        Assert.Equal("arch--x86_64", facts.Platform);
        Assert.Equal("none", facts.Virtualization);
        Assert.Equal(60 * 1024, facts.FreeBytes);
        Assert.Equal(100 * 1024, facts.TotalBytes);
        Assert.Equal(1700000000500, facts.Clock.ToUnixTimeMilliseconds());
        Assert.Equal(4, facts.Processors);
    }
}
