using System.Diagnostics;

namespace Forge.Scap.Tests;

/// <summary>The real scanner of this machine. It only ever evaluates; nothing here is changed.</summary>
internal static class Oscap
{
    private static readonly string? Program = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .Select(folder => Path.Combine(folder, "oscap"))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs oscap; skips the test where it is missing.</summary>
    public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        if (Program is null)
        {
            Assert.Skip("oscap is not installed here (package openscap-scanner)");
        }

        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Ids of the rules in what <c>xccdf eval</c> printed, in order.</summary>
    public static IReadOnlyList<string> PrintedRules(string output) =>
        output.Split('\n').Where(l => l.StartsWith("Rule", StringComparison.Ordinal)).Select(l => l[4..].Trim()).ToList();

    /// <summary>Evaluates and reads the results; exit code 2 means that rules fail.</summary>
    public static Forge.Scap.Results.XccdfResults Evaluate(string content, string profile, params string[] rules)
    {
        using var folder = new TemporaryFolder();
        var results = folder.File("results.xml");
        string[] arguments =
        [
            "xccdf", "eval", "--skip-validation", "--profile", profile, "--results", results,
            .. rules.SelectMany(rule => new[] { "--rule", rule }), content,
        ];
        for (var call = 1; ; call++)
        {
            // oscap 1.3.7 now and then crashes, or ends with 0 and without a result, whatever the content; then it is asked again.
            var (exitCode, _, error) = Run(arguments);
            if (exitCode is 0 or 2 && System.IO.File.Exists(results))
            {
                break;
            }

            Assert.True(call < 4, $"oscap ended with {exitCode} and no result: {error}");
        }

        return Forge.Scap.Results.XccdfResultsReader.Read(results);
    }
}
