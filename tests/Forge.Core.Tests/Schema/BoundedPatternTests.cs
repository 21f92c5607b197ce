using Forge.Core.Schema;

namespace Forge.Core.Tests.Schema;

public sealed class BoundedPatternTests
{
    [Theory]
    [InlineData("^[a-z][a-z0-9_./-]*$", 5, "abcde", "abcdef")]
    [InlineData("^[a-z0-9]+$", 3, "abc", "abcd")]
    [InlineData(@"^pam_[a-z0-9_]+\.so$", 10, "pam_abc.so", "pam_abcd.so")]
    [InlineData(@"^[a-z0-9_= \[\]]+$", 4, "[a=]", "[a=b]")]
    public void What_matches_is_no_longer_than_it_may_be(string pattern, int most, string fits, string tooLong)
    {
        Assert.Matches(pattern, tooLong);
        var bounded = BoundedPattern.Of(pattern, most);
        Assert.Matches(bounded, fits);
        Assert.DoesNotMatch(bounded, tooLong);
    }

    [Theory]
    [InlineData("^[0-7][0-7][0-7]?$", 3)]
    [InlineData("^(ab)+$", 4)]
    [InlineData("^[a-z]*b[c-d]+$", 9)]
    [InlineData("^abc[d-z]+$", 3)]
    public void A_pattern_that_cannot_take_it_up_stays(string pattern, int most) => Assert.Equal(pattern, BoundedPattern.Of(pattern, most));
}
