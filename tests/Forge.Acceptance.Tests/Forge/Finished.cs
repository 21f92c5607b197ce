using System.Text.Json.Nodes;

namespace Forge.Acceptance.Tests.Forge;

/// <summary>How a command ended.</summary>
public sealed record Finished(int ExitCode, string Output, string Error)
{
    /// <summary>The objects that it wrote, one a line.</summary>
    public IReadOnlyList<JsonNode> Objects => [.. Output.Split('\n').Where(l => l.StartsWith('{')).Select(l => JsonNode.Parse(l)!)];

    /// <summary>Items by id: outcome, failure mode, reason.</summary>
    public IReadOnlyDictionary<string, JsonNode> Items => Objects.ToDictionary(o => o["Id"]!.GetValue<string>());

    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";
}
