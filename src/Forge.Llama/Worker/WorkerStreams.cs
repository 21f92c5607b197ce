using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Forge.Llama.Worker;

/// <summary>The child's standard streams and its end.</summary>
internal static partial class WorkerStreams
{
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <summary>Takes standard output for the replies alone: what a native library or PowerShell prints there goes to standard error from now on.</summary>
    public static FileStream TakeOutput()
    {
        var own = Duplicate(StandardOutput);
        if (own < 0 || Replace(StandardError, StandardOutput) < 0)
        {
            throw new IOException($"standard output cannot be taken: error {Marshal.GetLastPInvokeError()}");
        }

        return new FileStream(new SafeFileHandle(own, ownsHandle: true), FileAccess.Write, bufferSize: 0);
    }

    /// <summary>Ends this process at once, whatever its threads do.</summary>
    public static void Exit(int code) => ExitNow(code);

    /// <summary>The parent's process id; another one than before says that the parent has ended.</summary>
    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentId();

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Replace(int from, int to);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int code);
}
