namespace Forge.Build.Tests;

public sealed class ToolTests
{
    [Fact]
    public void A_program_that_ends_without_reading_its_input_is_judged_by_its_exit_code()
    {
        var result = Tool.Feed("sh", ["-c", "echo gone >&2; exit 7"], new string('x', 1 << 20));

        Assert.Equal(7, result.Code);
        Assert.Equal("gone", result.Output.Trim());
    }
}
