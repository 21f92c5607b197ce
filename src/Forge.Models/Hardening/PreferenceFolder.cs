using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Forge.Core.Errors;
using Forge.Core.Proposals.Preferences;

namespace Forge.Models.Hardening;

/// <summary>Writes what one's own runs showed into a folder from which a hardening model can be trained on: data, ids, a script, and what it is.</summary>
/// <param name="folder">The folder; it must not exist, or be empty.</param>
public sealed class PreferenceFolder(string folder)
{
    /// <summary>Name of the file with the data, JSON lines.</summary>
    public const string DataFile = "preferences.jsonl";

    /// <summary>Name of the script.</summary>
    public const string ScriptFile = "train.sh";

    // The clone is named by whoever calls: the recipe is built with it and does not travel with the module.
    private const string Script = """
        #!/bin/sh
        # Trains a hardening model on the data beside this script. The recipe is in a clone of Forge (models/forge-hardener); it needs .NET and PyTorch.
        #   sh train.sh CLONE [PARENT]
        # PARENT is the folder of the hardening model that it begins with; default the one that came with Forge.
        set -eu
        if [ "$#" -lt 1 ] || [ ! -f "$1/build.cs" ]; then
            echo "usage: sh train.sh CLONE [PARENT]; CLONE is a clone of Forge with its build.cs" >&2
            exit 2
        fi
        here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
        parent=${2:-forge-hardener}
        if [ "$#" -gt 1 ] && [ -d "$2" ]; then
            parent=$(CDPATH='' cd -- "$2" && pwd)
        fi
        cd -- "$1"
        exec dotnet run build.cs -- train --from "$here" --parent "$parent"

        """;

    /// <summary>The folder, absolute.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>Writes it.</summary>
    /// <param name="preferences">The data, at least one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ForgeException">Id <c>FolderNotEmpty</c>.</exception>
    public async Task WriteAsync(IReadOnlyList<Preference> preferences, CancellationToken cancellationToken)
    {
        if (Directory.Exists(Folder) && Directory.EnumerateFileSystemEntries(Folder).Any())
        {
            throw new ForgeException("FolderNotEmpty", ForgeErrorKind.Conflict, $"The folder {Folder} holds something already.", "Name another one; data of two exports is not mixed.", Folder);
        }

        Directory.CreateDirectory(Folder);
        var data = new StringBuilder();
        foreach (var p in preferences)
        {
            data.Append(JsonSerializer.Serialize(new PreferenceLine(p.Id, p.Text.Title, p.Text.Body, p.Text.Names, p.Chosen, p.Arm, p.Rejected, p.Runs), HardenerJson.Lines)).Append('\n');
        }

        var bytes = Encoding.UTF8.GetBytes(data.ToString());
        await File.WriteAllBytesAsync(Path.Combine(Folder, DataFile), bytes, cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(Folder, HardenerFolder.TrainedIdsFile), string.Concat(preferences.Select(p => p.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(i => i + "\n")), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, ScriptFile), Script.Replace("\r\n", "\n", StringComparison.Ordinal), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Folder, "README.md"), About(preferences, Convert.ToHexStringLower(SHA256.HashData(bytes))), cancellationToken);
    }

    private static string About(IReadOnlyList<Preference> preferences, string digest) => FormattableString.Invariant($"""
        # What your own runs showed of proposed actions

        {preferences.Count} rules with their text, of which {preferences.Count(p => p.Chosen is not null)} have an action that was proven on your machines, and
        {preferences.Sum(p => p.Rejected.Count)} actions that were refused or failed, from {preferences.SelectMany(p => p.Runs).Distinct(StringComparer.Ordinal).Count()} runs whose journals verify.

        - `{DataFile}` (sha256 {digest}): a line a rule, `id`, `title`, `body`, `names`, `chosen` (null where none was proven), `arm` (who proposed it),
          `rejected` (each with `action` and `why`), `runs`.
        - `{HardenerFolder.TrainedIdsFile}`: the ids of these rules. None is one on which Forge compares models.
        - `{ScriptFile}`: `sh {ScriptFile} CLONE [PARENT]` trains on it with the recipe in a clone of Forge; PARENT is the folder of the hardening model to begin with.

        Read the data before you give it to others: the text is the content's, but actions hold what was set on your machines.
        Then: put the folder that it names at its end into `models/hardener` of FORGE_HOME (about_Forge_Models), `Compare-ForgeModel PARENT NEW`, `Enable-ForgeModel NEW`.

        """).Replace("\r\n", "\n", StringComparison.Ordinal);
}
