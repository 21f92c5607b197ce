using System.Text.Json;
using System.Text.Json.Serialization;
using Forge.Core.Errors;
using Forge.Core.Storage;

namespace Forge.Models.Hardening;

/// <summary>The decisions about hardening models in their order, and what follows from them: the content of <c>enabled.json</c>.</summary>
/// <param name="Changes">The decisions, oldest first.</param>
internal sealed record HardenerHistory([property: JsonPropertyName("history")] IReadOnlyList<HardenerChange> Changes)
{
    /// <summary>Reads the file; there are no decisions where it does not exist.</summary>
    /// <exception cref="ForgeException">Id <c>HardenerHistoryInvalid</c> with file, line and key.</exception>
    public static HardenerHistory Read(string path)
    {
        if (!File.Exists(path))
        {
            return new HardenerHistory([]);
        }

        try
        {
            return JsonSerializer.Deserialize<HardenerHistory>(File.ReadAllText(path), HardenerJson.Files) ?? throw Invalid(path, $"{path}: document: is null", null);
        }
        catch (JsonException e)
        {
            throw Invalid(path, $"{path}:{e.LineNumber + 1}: {HardenerJson.KeyOf(e)}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Invalid(path, $"{path}: it cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes the file; it is the old or the new one at every moment.</summary>
    public Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return AtomicFile.WriteAsync(path, JsonSerializer.Serialize(this, HardenerJson.Files) + "\n", cancellationToken);
    }

    /// <summary>
    /// What is enabled, last, above what it stands on: what was enabled before it and is restored when it is taken away. Restoring takes away whatever stands
    /// above, so that to restore twice goes back twice. Empty where nothing was ever decided.
    /// </summary>
    public IReadOnlyList<HardenerChange> Standing()
    {
        var stack = new List<HardenerChange>();
        foreach (var change in Changes.Where(c => c.Kind != HardenerChangeKind.Refused))
        {
            if (change.Kind == HardenerChangeKind.Restored)
            {
                while (stack.Count > 0 && stack[^1].Name != change.Name)
                {
                    stack.RemoveAt(stack.Count - 1);
                }

                if (stack.Count > 0)
                {
                    continue;
                }
            }

            stack.Add(change);
        }

        return stack;
    }

    private static ForgeException Invalid(string path, string what, Exception? inner) => new(
        "HardenerHistoryInvalid", ForgeErrorKind.Corrupt, what, "Restore the file from a backup, or move it away: the model that came with Forge is enabled then.", path, inner);
}
