using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Forge.Core.Proposals;
using Forge.Models.Hardening;

namespace Forge.Shared;

/// <summary>Folders of hardening models in a place of their own. The GGUF files hold bytes that nothing opens: here only their digests count.</summary>
public sealed class HardenerHome : IDisposable
{
    /// <summary>Rules in the held-out file: r00 to r39, each in two wordings; the last four of them have no action.</summary>
    public const int Rules = 40;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public HardenerHome(bool withShipped = true)
    {
        if (withShipped)
        {
            Add("forge-hardener", shipped: true);
            File.WriteAllText(Path.Combine(Shipped, "heldout.jsonl"), HeldOut());
        }
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("forge-hardener-").FullName;

    public string Shipped => Path.Combine(Root, "module", "models", "forge-hardener");

    public string Own => Path.Combine(Root, "models", "hardener");

    public HardenerShelf Shelf => new(Shipped, Own);

    public string EnabledFile => Path.Combine(Own, "enabled.json");

    public void Dispose() => Directory.Delete(Root, true);

    /// <summary>Adds a model and answers its folder.</summary>
    public string Add(string name, bool shipped = false, string? parent = null, string content = "weights", string data = "training", IEnumerable<string>? trainedIds = null)
    {
        var folder = Directory.CreateDirectory(shipped ? Shipped : Path.Combine(Own, name)).FullName;
        var bytes = Encoding.UTF8.GetBytes($"{content} of {name}");
        File.WriteAllBytes(Path.Combine(folder, name + ".gguf"), bytes);
        File.WriteAllText(Path.Combine(folder, "model.json"), Description(name, Digest(bytes), parent, Digest(Encoding.UTF8.GetBytes(data))));
        if (trainedIds is not null)
        {
            File.WriteAllLines(Path.Combine(folder, "train-ids.txt"), trainedIds);
        }

        return folder;
    }

    public static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string Description(string name, string sha256, string? parent, string data) => JsonSerializer.Serialize(
        new
        {
            name,
            version = "1",
            file = name + ".gguf",
            sha256,
            parent,
            createdAt = "2026-11-21T10:00:00Z",
            recipe = new { command = "dotnet run build.cs -- train", steps = 4000, parameters = 5550000, seed = 1, seconds = 2700.5, device = "cpu" },
            data = new { digest = data, rules = 1200, examples = 52000, sources = new[] { "ssg-debian12" } },
            figures = new[] { new { set = "test", wording = "content", n = 122, exact = 0.84, low = 0.77, high = 0.9 } },
            gate = new { modelAlone = 0.97, contextTokens = 1024 },
        },
        Indented);

    /// <summary>The action that rule number <paramref name="i"/> stands for, as JSON; null for none.</summary>
    public static string? ActionOf(int i) => i >= Rules - 4 ? null
        : i % 2 == 0 ? $$"""{"action":"package","name":"p{{i}}","state":"absent"}"""
        : $$"""{"action":"sysctl","key":"net.k{{i}}","value":"1"}""";

    private static string HeldOut() => string.Concat(Enumerable.Range(0, Rules).SelectMany(i => new[] { "content", "check" }.Select(w =>
        $$"""{"id":"r{{i:00}}","set":"{{(i == 0 ? "final" : "test")}}","wording":"{{w}}","title":"r{{i:00}}","body":"in the words of the {{w}}","names":[],"action":{{ActionOf(i) ?? "null"}}}""" + "\n")));
}
