namespace Forge.Lab.Tests;

/// <summary>Waits for what a machine does in its own time.</summary>
internal static class Eventually
{
    /// <summary>Waits until the condition holds; fails after the limit.</summary>
    public static async Task<bool> TrueAsync(Func<Task<bool>> condition, int seconds = 60)
    {
        var deadline = Environment.TickCount64 + (seconds * 1000L);
        while (!await condition())
        {
            Assert.True(Environment.TickCount64 < deadline, $"not within {seconds} s");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return true;
    }
}
