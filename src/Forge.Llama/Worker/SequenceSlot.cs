using Forge.Llama.Native;

namespace Forge.Llama.Worker;

/// <summary>One sequence of the context: what its cache holds and who uses it now.</summary>
internal sealed class SequenceSlot(int id)
{
    public int Id => id;

    /// <summary>The tokens whose keys and values are in the cache, in order.</summary>
    public List<int> Cached { get; } = [];

    /// <summary>The generation that uses it; null where it is free.</summary>
    public Generation? Current { get; set; }

    /// <summary>The key of the last request that named one.</summary>
    public string? Key { get; set; }

    /// <summary>Order of the last use.</summary>
    public long LastUse { get; set; }

    /// <summary>How many leading tokens the cache and a prompt share; at least one token is left to decode, for its logits.</summary>
    public int CommonWith(int[] prompt)
    {
        var most = Math.Min(Cached.Count, prompt.Length - 1);
        var same = 0;
        while (same < most && Cached[same] == prompt[same])
        {
            same++;
        }

        return same;
    }

    /// <summary>Keeps the first tokens of the cache and removes the rest.</summary>
    /// <returns>How many are kept: 0 where the model's memory cannot be cut (recurrent models).</returns>
    public int Keep(NativeModel model, int count)
    {
        if (NativeLlama.RemoveFromMemory(model.Memory, id, count, -1) == 0)
        {
            NativeLlama.RemoveFromMemory(model.Memory, id, -1, -1);
            count = 0;
        }

        Cached.RemoveRange(count, Cached.Count - count);
        return count;
    }
}
