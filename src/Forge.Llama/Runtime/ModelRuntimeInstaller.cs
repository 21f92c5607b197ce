using System.Formats.Tar;
using System.IO.Compression;
using Forge.Core.Errors;

namespace Forge.Llama.Runtime;

/// <summary>Installs the native runtime below a cache folder as <c>VERSION/BACKEND</c>; a folder there is whole, because it came by rename.</summary>
/// <param name="folder">The folder of runtimes.</param>
public sealed class ModelRuntimeInstaller(string folder)
{
    private const string Binaries = "package/bins/";
    private readonly RuntimeManifest _manifest = RuntimeManifest.Pinned;

    /// <summary>Version of the pinned runtime.</summary>
    public string Version => _manifest.Version;

    /// <summary>The folder of an installed runtime; null where it is not installed.</summary>
    public string? Find(ModelBackend backend) => Directory.Exists(FolderOf(backend)) ? FolderOf(backend) : null;

    /// <summary>Fetches and installs a runtime; one that is there stays as it is.</summary>
    /// <param name="backend">Auto stands for Cpu.</param>
    /// <param name="cancellationToken">Cancels; nothing half-done stays.</param>
    /// <returns>Its folder.</returns>
    /// <exception cref="ForgeException">Ids <c>ModelRuntimeUnsupported</c>, <c>NpmMissing</c>, <c>ModelRuntimeUnavailable</c>, <c>ModelRuntimeDigest</c>, <c>ModelRuntimePackage</c>.</exception>
    public async Task<string> InstallAsync(ModelBackend backend, CancellationToken cancellationToken = default)
    {
        backend = backend == ModelBackend.Auto ? ModelBackend.Cpu : backend;
        if (Find(backend) is { } there)
        {
            return there;
        }

        var package = _manifest.Find(backend) ?? throw new ForgeException(
            "ModelRuntimeUnsupported", ForgeErrorKind.Missing, $"No runtime is pinned for {backend} on {RuntimeManifest.Platform}; pinned are: {string.Join(", ", _manifest.Packages.Select(p => $"{p.Backend} on {p.Platform}"))}.",
            "Use a model behind a server instead (kind openai).", backend.ToString());
        return await InFolderAsync(package.Name, package.Integrity, FolderOf(backend), (file, target) => Unpack(file, Binaries, target), cancellationToken);
    }

    /// <summary>The folder and llama.cpp version of the runtime to use; nothing is fetched.</summary>
    /// <exception cref="ForgeException">Ids <c>ModelRuntimeMissing</c>, <c>ModelRuntimeDamaged</c>.</exception>
    internal (string Folder, string Llama) Require(ModelBackend backend, bool wantsGpu)
    {
        ModelBackend[] candidates = backend != ModelBackend.Auto ? [backend] : wantsGpu ? [ModelBackend.Cuda, ModelBackend.Vulkan] : [ModelBackend.Cpu];
        var found = candidates.Select(Find).FirstOrDefault(f => f is not null) ?? throw new ForgeException(
            "ModelRuntimeMissing", ForgeErrorKind.Missing, $"The model runtime {Version} ({string.Join(" or ", candidates)}) is not installed in {folder}.",
            $"Run Install-ForgeModelRuntime -Backend {candidates[0]}.", folder);
        if (RuntimeFiles.Fault(found) is { } fault)
        {
            throw new ForgeException(
                "ModelRuntimeDamaged", ForgeErrorKind.Corrupt, $"The model runtime in {found} is damaged: {fault}.", "Remove that folder and install the runtime again (Install-ForgeModelRuntime).", found);
        }

        return (found, _manifest.Llama);
    }

    /// <summary>Fetches llama.cpp's sources of the same release; for tests of the layout and for its own bench.</summary>
    /// <returns>The folder that holds them as a git bundle.</returns>
    /// <exception cref="ForgeException">As <see cref="InstallAsync"/>.</exception>
    internal Task<string> FetchSourceAsync(CancellationToken cancellationToken = default)
    {
        var target = Path.Combine(folder, Version, "source");
        return Directory.Exists(target)
            ? Task.FromResult(target)
            : InFolderAsync(_manifest.Source.Name, _manifest.Source.Integrity, target, (file, to) => Unpack(file, "package/llama/gitRelease", to), cancellationToken);
    }

    /// <summary>Unpacks the files whose name begins so, without their folders.</summary>
    internal static void Unpack(string packageFile, string prefix, string target)
    {
        try
        {
            using var zip = new GZipStream(File.OpenRead(packageFile), CompressionMode.Decompress);
            using var tar = new TarReader(zip);
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && entry.Name.StartsWith(prefix, StringComparison.Ordinal))
                {
                    entry.ExtractToFile(Path.Combine(target, Path.GetFileName(entry.Name)), overwrite: false);
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new ForgeException("ModelRuntimePackage", ForgeErrorKind.Corrupt, $"The package {packageFile} cannot be unpacked: {e.Message}", "Try again.", packageFile, e);
        }
    }

    private string FolderOf(ModelBackend backend) => Path.Combine(folder, Version, backend.ToString().ToLowerInvariant());

    private async Task<string> InFolderAsync(string name, string integrity, string target, Action<string, string> unpack, CancellationToken cancellationToken)
    {
        var work = Path.Combine(folder, $".fetch-{Guid.NewGuid():N}");
        var unpacked = Path.Combine(work, "unpacked");
        Directory.CreateDirectory(unpacked);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            unpack(await PackageFetch.RunAsync(name, _manifest.Version, integrity, work, cancellationToken), unpacked);
            if (!Directory.EnumerateFiles(unpacked).Any())
            {
                throw new ForgeException("ModelRuntimePackage", ForgeErrorKind.Corrupt, $"The package {name} has none of the files that are expected in it.", "This is a defect of Forge: runtime.json names a wrong package.", name);
            }

            RuntimeFiles.Note(unpacked);
            Move(unpacked, target);
            return target;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static void Move(string from, string to)
    {
        try
        {
            Directory.Move(from, to);
        }
        catch (IOException) when (Directory.Exists(to))
        {
            // Another process was faster; its folder has the same digest.
        }
    }
}
