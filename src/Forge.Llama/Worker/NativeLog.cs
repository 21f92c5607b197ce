using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Forge.Llama.Native;

namespace Forge.Llama.Worker;

/// <summary>What llama.cpp says: complaints go to standard error (the parent keeps the last lines) and into the message of a failed load.</summary>
internal static unsafe partial class NativeLog
{
    // ggml_log_level of ggml.h: 3 is a warning, 4 an error, 5 continues the line before.
    private const int Warning = 3;
    private const int Error = 4;
    private const int Continued = 5;
    private const int Kept = 6;
    private static readonly Lock Gate = new();
    private static readonly Queue<string> Errors = new();
    private static int s_level;
    private static int s_offloaded;

    /// <summary>Layers that the last load put on a GPU, by llama.cpp's own words ("offloaded 3/3 layers to GPU").</summary>
    public static int OffloadedLayers => Volatile.Read(ref s_offloaded);

    public static void Install() => NativeLlama.SetLog((nint)(delegate* unmanaged[Cdecl]<int, byte*, void*, void>)&Write, 0);

    /// <summary>The last errors, and forgets them; empty for none.</summary>
    public static string TakeErrors()
    {
        lock (Gate)
        {
            var text = string.Join("; ", Errors);
            Errors.Clear();
            return text;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Write(int level, byte* text, void* userData)
    {
        var line = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
        lock (Gate)
        {
            s_level = level == Continued ? s_level : level;
            if (Offloaded().Match(line) is { Success: true } match)
            {
                Volatile.Write(ref s_offloaded, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
            }

            if (s_level is not (Warning or Error))
            {
                return;
            }

            Console.Error.Write(line);
            if (s_level == Error && level != Continued)
            {
                Errors.Enqueue(line.Trim());
                while (Errors.Count > Kept)
                {
                    Errors.Dequeue();
                }
            }
        }
    }

    [GeneratedRegex(@"offloaded (\d+)/\d+ layers to GPU")]
    private static partial Regex Offloaded();
}
