using System.Runtime.InteropServices;

namespace Forge.Llama.Native;

/// <summary><c>llama_token_data_array</c>, 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LlamaTokenDataArray
{
    public LlamaTokenData* Items;
    public nint Size;
    public long Selected;
    public byte Sorted;
}
