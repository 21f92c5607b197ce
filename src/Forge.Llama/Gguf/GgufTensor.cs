namespace Forge.Llama.Gguf;

/// <summary>One tensor of a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">How it is stored.</param>
/// <param name="Dimensions">Its dimensions, the row length first.</param>
/// <param name="Offset">Where its bytes begin, from the begin of the file.</param>
/// <param name="Bytes">How many there are.</param>
internal sealed record GgufTensor(string Name, GgufTensorType Type, IReadOnlyList<long> Dimensions, long Offset, long Bytes)
{
    /// <summary>Number of values.</summary>
    public long Values => Dimensions.Aggregate(1L, (a, b) => a * b);
}
