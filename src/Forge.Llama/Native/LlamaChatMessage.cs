using System.Runtime.InteropServices;

namespace Forge.Llama.Native;

/// <summary><c>llama_chat_message</c>: two C strings in UTF-8.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LlamaChatMessage
{
    public byte* Role;
    public byte* Content;
}
