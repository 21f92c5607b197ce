using System.Runtime.InteropServices;

namespace Forge.Llama.Native;

/// <summary><c>llama_batch</c> of llama.h 0.5.0, 56 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LlamaBatch
{
    public int Count;
    public int* Token;
    public float* Embd;
    public int* Pos;
    public int* SeqIdCount;
    public int** SeqId;
    public sbyte* Logits;
}
