using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Forge.Acceptance.Tests.Forge;

/// <summary>Runs <c>forge</c>, as a user does, with a state folder of the tests' own.</summary>
public static class ForgeProcess
{
    public static string Home { get; } = Path.Combine(Environment.GetEnvironmentVariable("FORGE_HOME") ?? Path.GetTempPath(), $"acceptance-{Environment.ProcessId}");

    public static string Executable { get; } = Environment.GetEnvironmentVariable("FORGE_EXE") ?? Path.Combine(Root(), "out", "bin", "forge");

    public static string ContentFile { get; } = Path.Combine(AppContext.BaseDirectory, "Content", "harm-ds.xml");

    public static Finished Run(params string[] arguments) => Run(arguments, null, null);

    public static Finished Run(TimeSpan limit, string[] arguments) => Run(arguments, null, null, limit);

    public static Finished Run(string[] arguments, string? input, IReadOnlyDictionary<string, string>? environment) => Run(arguments, input, environment, TimeSpan.FromMinutes(8));

    private static Finished Run(string[] arguments, string? input, IReadOnlyDictionary<string, string>? environment, TimeSpan limit)
    {
        using var process = input is null ? Start("/bin/sh", ["-c", "exec \"$0\" \"$@\" </dev/null", Executable, .. arguments], environment) : Start(arguments, environment);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (input is not null)
        {
            process.StandardInput.Write(input);
        }

        process.StandardInput.Close();
        Assert.True(process.WaitForExit(limit), $"forge {string.Join(' ', arguments)} does not end");
        return new Finished(process.ExitCode, output.Result, error.Result);
    }

    public static Process Start(string[] arguments, IReadOnlyDictionary<string, string>? environment) => Start(Executable, arguments, environment);

    private static Process Start(string file, string[] arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["FORGE_HOME"] = Home;
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        return Process.Start(start)!;
    }

    public static string Root()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "build.cs")))
        {
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("the repository's root was not found");
        }

        return at;
    }
}
