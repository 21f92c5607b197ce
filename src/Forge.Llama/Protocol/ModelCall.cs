namespace Forge.Llama.Protocol;

/// <summary>One line to the child process; exactly one of the parts is set, by <see cref="Op"/>.</summary>
internal sealed record ModelCall
{
    public const string LoadOp = "load";
    public const string GenerateOp = "generate";
    public const string CancelOp = "cancel";
    public const string AdaptersOp = "adapters";

    /// <summary>What is asked.</summary>
    public required string Op { get; init; }

    /// <summary>Names the request in every reply; for a cancellation the request that is meant.</summary>
    public required long Id { get; init; }

    public LoadCall? Load { get; init; }

    public GenerateCall? Generate { get; init; }

    /// <summary>The adapters that are to be in force from now on.</summary>
    public IReadOnlyList<AdapterCall>? Adapters { get; init; }
}
