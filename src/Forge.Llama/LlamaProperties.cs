namespace Forge.Llama;

/// <summary>Keys in <c>AdditionalProperties</c> of requests and responses that Microsoft.Extensions.AI has no field for.</summary>
public static class LlamaProperties
{
    /// <summary>Request: a GBNF grammar (string) with the rule <c>root</c>, in place of a response format.</summary>
    public const string Grammar = "forge.grammar";

    /// <summary>Request: text (string) that the answer begins with; the response has what follows it.</summary>
    public const string Prefix = "forge.prefix";

    /// <summary>Request: a key (string); requests of one key share a sequence of the cache where it is free.</summary>
    public const string Sequence = "forge.sequence";

    /// <summary>Request: true (bool) passes the one message's text as it is, without template.</summary>
    public const string Raw = "forge.raw";

    /// <summary>Request: true (bool) asks how certain the answer is. Response: the least probability (double, 0 to 1) that the model gave one of the tokens it chose, before any grammar.</summary>
    public const string Confidence = "forge.confidence";

    /// <summary>Response: the text (string) of the token with that probability.</summary>
    public const string LeastCertain = "forge.least_certain";

    /// <summary>Response: milliseconds (double) this request waited for start and load of the model; 0 where it was loaded.</summary>
    public const string LoadMs = "forge.load_ms";

    /// <summary>Response: milliseconds (double) until a sequence was free.</summary>
    public const string QueueMs = "forge.queue_ms";

    /// <summary>Response: milliseconds (double) from the first prompt token to the first generated one.</summary>
    public const string PromptMs = "forge.prompt_ms";

    /// <summary>Response: milliseconds (double) from the first generated token to the last.</summary>
    public const string GenerationMs = "forge.generation_ms";

    /// <summary>Response: <c>model</c> where the model's own chat template was used, <c>plain</c> where it has none that llama.cpp knows.</summary>
    public const string Template = "forge.template";

    /// <summary>Response: layers (int) that are computed on a GPU.</summary>
    public const string OffloadedLayers = "forge.offloaded_layers";
}
