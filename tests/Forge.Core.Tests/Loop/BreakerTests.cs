using Forge.Core.Loop;

namespace Forge.Core.Tests.Loop;

public class BreakerTests
{
    [Fact]
    public void The_same_fault_three_times_in_a_row_trips_it_and_a_good_item_between_does_not()
    {
        var breaker = new Breaker(3);

        Assert.False(breaker.Note("sudo"));
        Assert.False(breaker.Note("sudo"));
        Assert.False(breaker.Note(""));
        Assert.False(breaker.Note("sudo"));
        Assert.False(breaker.Note("login"));
        Assert.False(breaker.Note("login"));
        Assert.True(breaker.Note("login"));
    }
}
