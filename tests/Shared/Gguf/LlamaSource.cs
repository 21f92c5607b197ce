using System.ComponentModel;
using System.Diagnostics;

namespace Forge.Testing.Gguf;

/// <summary>llama.cpp's own sources of the pinned release, checked out from their git bundle into the cache; for the layout's test and the peer of the bench.</summary>
internal static class LlamaSource
{
    /// <summary>Whether a program is on the path.</summary>
    public static bool Has(string program)
    {
        try
        {
            return Run(program, ["--version"]).Code == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Checks the bundle out beside it, once.</summary>
    /// <param name="bundleFolder">The folder with the bundle.</param>
    /// <returns>The folder of the sources.</returns>
    public static string CheckOut(string bundleFolder)
    {
        var target = Path.Combine(bundleFolder, "llama.cpp");
        if (!Directory.Exists(target))
        {
            var work = Path.Combine(bundleFolder, $".clone-{Guid.NewGuid():N}");
            Must("git", "clone", "--quiet", Directory.EnumerateFiles(bundleFolder, "*.bundle").Single(), work);
            try
            {
                Directory.Move(work, target);
            }
            catch (IOException) when (Directory.Exists(target))
            {
                Directory.Delete(work, recursive: true);
            }
        }

        return target;
    }

    /// <summary>Runs a program that has to succeed.</summary>
    /// <returns>What it wrote.</returns>
    public static string Must(string program, params string[] arguments) => MustIn("", program, arguments);

    /// <summary>Runs a program that has to succeed in a folder.</summary>
    /// <returns>What it wrote.</returns>
    public static string MustIn(string folder, string program, params string[] arguments)
    {
        var (code, output, error) = Run(program, arguments, folder);
        return code == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {code}: {error}");
    }

    private static (int Code, string Output, string Error) Run(string program, string[] arguments, string folder = "")
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
