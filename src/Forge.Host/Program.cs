using Forge.Cmdlets.Hosting;
using Forge.Host.Terminal;
using Forge.Llama;
using Forge.Llama.Worker;

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

        if (args is [ModelProcessLauncher.WorkerArgument])
        {
            // Not for people: this process holds a model for another one of ours, and ends with it.
            return ModelWorker.Run();
        }

        using var streams = HostStreams.OfProcess();
        return new ConsoleHost(streams, [typeof(ForgeCmdlet).Assembly]).Run(args);
    }
}
