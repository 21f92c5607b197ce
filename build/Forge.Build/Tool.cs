using System.ComponentModel;
using System.Diagnostics;

namespace Forge.Build;

/// <summary>Runs other programs.</summary>
internal static class Tool
{
    /// <summary>Runs a program on this terminal; with <paramref name="quiet"/> it is heard only if it fails.</summary>
    public static int Run(string file, string[] arguments, IReadOnlyDictionary<string, string>? environment = null, bool quiet = false)
    {
        if (!quiet)
        {
            return Execute(new ProcessStartInfo(file, arguments), environment, input: null).Code;
        }

        var (code, output) = Execute(Captured(file, arguments), environment, input: null);
        if (code != 0)
        {
            Console.Error.WriteLine(output);
        }

        return code;
    }

    public static ToolResult Capture(string file, params string[] arguments) => Execute(Captured(file, arguments), null, input: null);

    /// <summary>Gives a program its standard input, and takes what it writes.</summary>
    public static ToolResult Feed(string file, string[] arguments, string input) => Execute(Captured(file, arguments), null, input);

    /// <summary>Takes standard output; with <paramref name="live"/> standard error (progress) stays on this terminal.</summary>
    public static ToolResult Capture(string file, string[] arguments, IReadOnlyDictionary<string, string> environment, bool live)
    {
        var start = Captured(file, arguments);
        start.RedirectStandardError = !live;
        return Execute(start, environment, input: null);
    }

    /// <exception cref="BuildException">The exit code is not 0.</exception>
    public static void Must(int code, string message)
    {
        if (code != 0)
        {
            throw new BuildException(message);
        }
    }

    private static ProcessStartInfo Captured(string file, string[] arguments) => new(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

    // A program may end without having read: its exit code says what became of it, not the pipe.
    private static void Give(Process process, string input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }

    private static ToolResult Execute(ProcessStartInfo start, IReadOnlyDictionary<string, string>? environment, string? input)
    {
        start.RedirectStandardInput = input is not null;
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            if (input is not null)
            {
                Give(process, input);
            }

            var error = start.RedirectStandardError ? process.StandardError.ReadToEndAsync() : Task.FromResult("");
            var output = start.RedirectStandardOutput ? process.StandardOutput.ReadToEnd() : "";
            process.WaitForExit();
            return new ToolResult(process.ExitCode, process.ExitCode == 0 ? output : output + error.Result);
        }
        catch (Win32Exception e)
        {
            throw new BuildException($"{start.FileName} cannot be started: {e.Message}");
        }
    }
}
