using System.Globalization;
using System.Text.Json;
using Forge.Core.Targets;

namespace Forge.Core.Decisions;

/// <summary>Disks of a target that hold nothing that can be seen: no partition, no signature, not mounted, not read-only. Nothing is changed.</summary>
public static class SpareDisks
{
    private const string Script = "lsblk --json --bytes --output NAME,PATH,TYPE,SIZE,RO,FSTYPE,PTTYPE,MOUNTPOINTS,MODEL,SERIAL 2>/dev/null";

    /// <summary>Asks a target; empty where it has none or no <c>lsblk</c> that answers in JSON.</summary>
    public static async Task<IReadOnlyList<DecisionOffer>> FindAsync(string name, ITarget target, CancellationToken cancellationToken)
    {
        // With rights: without the udev database only root sees signatures.
        var result = await target.RunAsync(new CommandRequest { Script = Script, Elevation = Elevation.Sudo, Timeout = TimeSpan.FromSeconds(30) }, cancellationToken);
        return result.Succeeded ? Parse(name, result.Output) : [];
    }

    /// <summary>Reads the answer of <c>lsblk --json --bytes</c> (util-linux 2.37 and later); empty where it is none.</summary>
    public static IReadOnlyList<DecisionOffer> Parse(string target, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("blockdevices", out var devices) && devices.ValueKind == JsonValueKind.Array
                ? [.. devices.EnumerateArray().Where(IsSpare).Select(d => new DecisionOffer(target, Text(d, "path"), Describe(d)))]
                : [];
        }
        catch (JsonException)
        {
            // What a host says is data; that it says nothing usable means that nothing is offered.
            return [];
        }
    }

    private static bool IsSpare(JsonElement disk) =>
        Text(disk, "type") == "disk" && Text(disk, "path").StartsWith("/dev/", StringComparison.Ordinal) && Text(disk, "path").All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-')
        && Text(disk, "fstype").Length == 0 && Text(disk, "pttype").Length == 0 && Text(disk, "ro") is "false" or "0" or "False"
        && !disk.TryGetProperty("children", out _) && Size(disk) > 0 && !IsMounted(disk);

    private static bool IsMounted(JsonElement disk) =>
        disk.TryGetProperty("mountpoints", out var points) && points.ValueKind == JsonValueKind.Array && points.EnumerateArray().Any(p => p.ValueKind == JsonValueKind.String);

    private static string Describe(JsonElement disk)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{Size(disk) / 1073741824.0:0.#} GiB");
        var names = string.Join(' ', new[] { Text(disk, "model"), Text(disk, "serial") }.Select(Plain).Where(t => t.Length > 0));
        return names.Length == 0 ? size : $"{size}, {names}";
    }

    private static string Plain(string text) => new string([.. text.Where(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_' or '.')]).Trim();

    private static long Size(JsonElement disk) => long.TryParse(Text(disk, "size"), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;

    private static string Text(JsonElement disk, string name) => disk.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => "",
        }
        : "";
}
