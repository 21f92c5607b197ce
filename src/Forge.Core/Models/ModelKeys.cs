namespace Forge.Core.Models;

/// <summary>Keys under which requests and answers carry what <c>IChatClient</c> has no field for (<c>AdditionalProperties</c>).</summary>
public static class ModelKeys
{
    /// <summary>Request: the role in lower case; recordings are looked up by it.</summary>
    public const string Role = "forge.role";

    /// <summary>Request: the item's id; recordings are looked up by it.</summary>
    public const string Item = "forge.item";

    /// <summary>Request: number of the turn on the item, from 1; an integer.</summary>
    public const string Turn = "forge.turn";

    /// <summary>Answer: milliseconds until the model was loaded, 0 where it was; a double.</summary>
    public const string LoadMs = "forge.load_ms";

    /// <summary>Answer: milliseconds for the prompt; a double.</summary>
    public const string PromptMs = "forge.prompt_ms";

    /// <summary>Answer: milliseconds for the generation; a double.</summary>
    public const string GenerationMs = "forge.generation_ms";
}
