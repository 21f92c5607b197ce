using System.Security.Cryptography;
using System.Text;
using Forge.Core.Errors;
using Forge.Lab.Machines;
using Forge.Lab.Processes;

namespace Forge.Lab.Images;

/// <summary>Images by the digest of their recipe: built once, whole or not at all, by one process at a time.</summary>
internal sealed class ImageCache(LabOptions options)
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(30);

    /// <summary>Finds the image of a distribution, or builds it.</summary>
    /// <exception cref="ForgeException">Ids <c>LabDistributionUnknown</c>, <c>LabImageBuildFailed</c>, <c>LabBusy</c>.</exception>
    public async Task<LabImage> EnsureAsync(string distribution, IProgress<LabProgress>? progress, CancellationToken cancellationToken)
    {
        var image = await DescribeAsync(distribution, cancellationToken);
        if (Directory.Exists(image.Folder))
        {
            return image;
        }

        using var clock = new ProgressClock(progress);
        clock.Begin("wait for another process that builds this image");
        using var guard = await FileLock.TakeAsync(image.Folder + ".lock", $"the image {distribution}", BuildLimit, cancellationToken);
        if (!Directory.Exists(image.Folder))
        {
            await BuildAsync(image, clock, cancellationToken);
        }

        return image;
    }

    private string RecipeOf(string distribution)
    {
        var recipe = Path.Combine(options.Recipes, distribution);
        if (distribution.Length > 0 && distribution.All(char.IsAsciiLetterOrDigit) && File.Exists(Path.Combine(recipe, "build.sh")))
        {
            return recipe;
        }

        var known = Directory.Exists(options.Recipes)
            ? Directory.GetDirectories(options.Recipes).Where(folder => File.Exists(Path.Combine(folder, "build.sh"))).Select(Path.GetFileName)
            : [];
        throw new ForgeException(
            "LabDistributionUnknown",
            ForgeErrorKind.BadInput,
            $"There is no image recipe '{distribution}' in {options.Recipes}.",
            $"Known: {string.Join(", ", known.Order(StringComparer.Ordinal))}.",
            distribution);
    }

    /// <summary>
    /// The digest covers every file of the recipe, of the folders that its file <c>shared</c> names, and this machine's package sources: the image carries all.
    /// </summary>
    private async Task<LabImage> DescribeAsync(string distribution, CancellationToken cancellationToken)
    {
        var recipe = RecipeOf(distribution);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var shared = Path.Combine(recipe, "shared");
        string[] folders = [recipe, .. File.Exists(shared) ? (await File.ReadAllLinesAsync(shared, cancellationToken)).Select(l => Path.Combine(options.Recipes, l.Trim())) : []];
        var files = folders.SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories)).Append(Path.Combine(options.Recipes, "apt-sources.sh"));
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            var content = await File.ReadAllBytesAsync(file, cancellationToken);
            hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetRelativePath(options.Recipes, file)}\0{content.Length}\0"));
            hash.AppendData(content);
        }

        var sources = await Tool.RunCheckedAsync(
            new ToolRequest("sh", Path.Combine(options.Recipes, "apt-sources.sh"), (await File.ReadAllTextAsync(Path.Combine(recipe, "suite"), cancellationToken)).Trim()),
            "LabImageBuildFailed",
            "Reading this machine's package sources",
            "Add a Debian source to /etc/apt/sources.list.d, then try again.",
            cancellationToken);
        hash.AppendData(Encoding.UTF8.GetBytes(sources.Output));
        var digest = Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
        return new LabImage(distribution, digest, Path.Combine(options.Cache, "images", $"{distribution}-{digest}"));
    }

    private async Task BuildAsync(LabImage image, ProgressClock clock, CancellationToken cancellationToken)
    {
        // Left by a builder that was killed; the lock says that none works now.
        foreach (var stale in Directory.EnumerateDirectories(Path.GetDirectoryName(image.Folder)!, Path.GetFileName(image.Folder) + ".building-*"))
        {
            Directory.Delete(stale, recursive: true);
        }

        var building = $"{image.Folder}.building-{Guid.NewGuid():N}";
        PrivateFolder.Create(building);
        try
        {
            var log = Path.Combine(building, "build.log");
            var request = new ToolRequest("sh", Path.Combine(options.Recipes, image.Distribution, "build.sh"), building)
            {
                TimeLimit = BuildLimit,
                OnOutputLine = line => Note(line, log, clock),
                OnErrorLine = line => Note(line, log, clock),
            };
            await Tool.RunCheckedAsync(
                request,
                "LabImageBuildFailed",
                $"Building the image {image.Distribution}",
                "It needs root, the network and the packages mmdebstrap, e2fsprogs, btrfs-progs, grub-common, openssh-client.",
                cancellationToken);
            Directory.Move(building, image.Folder);
        }
        catch
        {
            Directory.Delete(building, recursive: true);
            throw;
        }
    }

    private static void Note(string line, string log, ProgressClock clock)
    {
        lock (clock)
        {
            File.AppendAllText(log, line + "\n");
            if (line.StartsWith("@ ", StringComparison.Ordinal))
            {
                clock.Begin(line[2..]);
            }
        }
    }
}
