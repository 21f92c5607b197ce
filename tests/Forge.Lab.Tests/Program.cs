using Xunit.Runner.InProc.SystemConsole;

namespace Forge.Lab.Tests;

/// <summary>Runs the tests; <c>lab …</c> works on labs by hand instead.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) =>
        args is ["lab", .. var words] ? await LabConsole.RunAsync(words) : await ConsoleRunner.Run(args);
}
