using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Forge.Llama.Native;

/// <summary>Room for a struct of any release: what a default-params function returns is looked at before our own layout is trusted with it.</summary>
[StructLayout(LayoutKind.Sequential)]
[InlineArray(64)]
internal struct ParamsProbe
{
    private long _word;
}
