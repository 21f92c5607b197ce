namespace Forge.Llama.Protocol;

/// <summary>One line from the child process; <see cref="Event"/> says which part is set.</summary>
internal sealed record ModelReply
{
    public const string LoadedEvent = "loaded";
    public const string TextEvent = "text";
    public const string DoneEvent = "done";
    public const string AdaptersEvent = "adapters";
    public const string ErrorEvent = "error";

    public required string Event { get; init; }

    /// <summary>The request that it answers.</summary>
    public required long Id { get; init; }

    public string? Text { get; init; }

    public LoadedReply? Loaded { get; init; }

    public DoneReply? Done { get; init; }

    public ErrorReply? Error { get; init; }
}
