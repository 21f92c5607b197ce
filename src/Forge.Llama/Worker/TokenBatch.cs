using System.Runtime.InteropServices;
using Forge.Llama.Native;

namespace Forge.Llama.Worker;

/// <summary>One <c>llama_batch</c> that is filled anew for each decode; its memory lives as long as the process.</summary>
internal sealed unsafe class TokenBatch
{
    private readonly int _room;
    private readonly int* _sequences;
    private LlamaBatch _batch;

    public TokenBatch(int room)
    {
        _room = room;
        _sequences = (int*)NativeMemory.AllocZeroed((nuint)room, sizeof(int));
        _batch.Token = (int*)NativeMemory.AllocZeroed((nuint)room, sizeof(int));
        _batch.Pos = (int*)NativeMemory.AllocZeroed((nuint)room, sizeof(int));
        _batch.SeqIdCount = (int*)NativeMemory.AllocZeroed((nuint)room, sizeof(int));
        _batch.SeqId = (int**)NativeMemory.AllocZeroed((nuint)room, (nuint)sizeof(int*));
        _batch.Logits = (sbyte*)NativeMemory.AllocZeroed((nuint)room, sizeof(sbyte));
        for (var i = 0; i < room; i++)
        {
            _batch.SeqIdCount[i] = 1;
            _batch.SeqId[i] = _sequences + i;
        }
    }

    public int Count => _batch.Count;

    /// <summary>Tokens that still fit.</summary>
    public int Room => _room - _batch.Count;

    public void Clear() => _batch.Count = 0;

    /// <summary>Adds a token; the result is its index, under which its logits are found.</summary>
    public int Add(int token, int position, int sequence, bool logits)
    {
        var i = _batch.Count++;
        _batch.Token[i] = token;
        _batch.Pos[i] = position;
        _sequences[i] = sequence;
        _batch.Logits[i] = logits ? (sbyte)1 : (sbyte)0;
        return i;
    }

    /// <summary>0 is success, 1 no room in the cache, 2 aborted, below 0 a failure: llama_decode in llama.h.</summary>
    public int Decode(nint context) => NativeLlama.Decode(context, _batch);
}
