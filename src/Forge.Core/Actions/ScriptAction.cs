namespace Forge.Core.Actions;

/// <summary>A whole script of the vendor's content, run as it is.</summary>
public sealed record ScriptAction : ForgeAction
{
    /// <summary>What runs the scripts of content.</summary>
    public const string ContentInterpreter = "/bin/bash";

    /// <summary>The script's text with all values filled in.</summary>
    public required string Script { get; init; }

    /// <summary>Interpreter on the target.</summary>
    public string Interpreter { get; init; } = ContentInterpreter;

    /// <inheritdoc/>
    public override string Kind => "script";

    /// <inheritdoc/>
    public override string ToScript() => Script;
}
