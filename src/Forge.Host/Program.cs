using Forge.Cmdlets.Hosting;
using Forge.Host.Terminal;

namespace Forge.Host;

/// <summary>The entry of <c>forge</c>.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is ["--version"])
        {
            // Answered before anything is loaded: scripts ask for it in loops.
            Console.Out.WriteLine($"forge {ConsoleHost.Version}");
            return (int)ForgeOutcome.Holds;
        }

        using var streams = HostStreams.OfProcess();
        return new ConsoleHost(streams, [typeof(ForgeCmdlet).Assembly]).Run(args);
    }
}
