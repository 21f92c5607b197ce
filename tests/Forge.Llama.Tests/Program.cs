using Forge.Llama.Worker;

namespace Forge.Llama.Tests;

/// <summary>The test program; with the hidden argument it is the child process of its own tests.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args) =>
        args is [ModelProcessLauncher.WorkerArgument] ? ModelWorker.Run() : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
}
