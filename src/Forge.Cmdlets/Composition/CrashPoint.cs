using System.Diagnostics;
using System.Globalization;

namespace Forge.Cmdlets.Composition;

/// <summary>
/// Ends this process at a named point of the loop, as a power cut would (SIGKILL), where <c>FORGE_CRASH_AT</c> says so: <c>point:count</c>. It exists for the
/// tests that prove that a resumed run ends as an undisturbed one; see docs/testing.md.
/// </summary>
internal static class CrashPoint
{
    /// <summary>From the environment; nothing happens where it is not set.</summary>
    public static Action<string> FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable("FORGE_CRASH_AT") is not { Length: > 0 } text)
        {
            return _ => { };
        }

        var parts = text.Split(':');
        var left = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1;
        return point =>
        {
            if (point == parts[0] && Interlocked.Decrement(ref left) == 0)
            {
                Process.GetCurrentProcess().Kill();
                Thread.Sleep(Timeout.Infinite); // The signal is on its way; nothing more may happen.
            }
        };
    }
}
