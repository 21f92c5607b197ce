using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using Forge.Core.Errors;

namespace Forge.Llama.Runtime;

/// <summary>Fetches one npm package by this machine's own npm configuration, and proves its digest. No script of the package is run.</summary>
internal static class PackageFetch
{
    private const string IntegrityAlgorithm = "sha512-";

    /// <summary>Fetches a package file into a folder.</summary>
    /// <returns>The package file (.tgz), its digest proven.</returns>
    /// <exception cref="ForgeException">Ids <c>NpmMissing</c>, <c>ModelRuntimeUnavailable</c>, <c>ModelRuntimeDigest</c>.</exception>
    public static async Task<string> RunAsync(string name, string version, string integrity, string folder, CancellationToken cancellationToken)
    {
        var package = $"{name}@{version}";
        await PackAsync(package, folder, cancellationToken);
        var file = Directory.EnumerateFiles(folder, "*.tgz").SingleOrDefault()
            ?? throw new ForgeException("ModelRuntimeUnavailable", ForgeErrorKind.Unreachable, $"npm pack {package} left no file.", "Run it by hand and look at what it says.", package);
        await using var stream = File.OpenRead(file);
        var actual = IntegrityAlgorithm + Convert.ToBase64String(await SHA512.HashDataAsync(stream, cancellationToken));
        return actual == integrity ? file : throw new ForgeException(
            "ModelRuntimeDigest", ForgeErrorKind.Corrupt, $"The package {package} has the digest {actual}, and {integrity} is pinned: it is not the one that Forge was tested with, and nothing of it was used.",
            "Ask whoever keeps the registry that npm uses here; do not install it.", package);
    }

    private static async Task PackAsync(string package, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("npm", ["pack", package, "--pack-destination", folder, "--ignore-scripts", "--loglevel", "error"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new ForgeException("NpmMissing", ForgeErrorKind.Missing, $"The program npm, by which the model runtime is fetched, cannot be started: {e.Message}", "Install npm, or copy an installed runtime folder from another machine.", package, e);
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            try
            {
                await process.WaitForExitAsync(cancellationToken);
                await Task.WhenAll(output, error);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            if (process.ExitCode != 0)
            {
                var said = string.Join(" / ", (await error).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(4));
                throw new ForgeException(
                    "ModelRuntimeUnavailable", ForgeErrorKind.Unreachable, $"npm cannot fetch {package}: {said}", "Check npm's configuration and network on this machine, or copy an installed runtime folder from another one.", package);
            }
        }
    }
}
