using System.Runtime.InteropServices;

namespace Forge.Llama.Native;

/// <summary><c>llama_token_data</c>, 12 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LlamaTokenData
{
    public int Id;
    public float Logit;
    public float P;
}
