using System.Runtime.InteropServices;

namespace Forge.Store.Runs;

/// <summary>Whole files that are either as before or complete after a power cut: temporary file, fsync, rename, fsync of the folder.</summary>
internal static class DurableFile
{
    private const int OpenReadOnly = 0;

    /// <summary>Writes a file anew; on disk when this returns.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                RandomAccess.Write(handle, content, 0);
                RandomAccess.FlushToDisk(handle);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FlushFolder(folder);
    }

    /// <summary>Makes a folder and those above it; on disk when this returns.</summary>
    public static void MakeFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(path);
        if (parent is not null)
        {
            MakeFolder(parent);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            // Runs hold outputs of machines under care: for their owner alone.
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        if (parent is not null)
        {
            FlushFolder(parent);
        }
    }

    /// <summary>Makes new, renamed and removed names in a folder durable.</summary>
    public static void FlushFolder(string path)
    {
        // NTFS journals names by itself, and Windows has no call for it.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // File.OpenHandle refuses folders, so the system's own calls are used.
        var descriptor = Open(path, OpenReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"Cannot open the folder {path}: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        var failed = Flush(descriptor) != 0;
        var message = Marshal.GetLastPInvokeErrorMessage();
        _ = Close(descriptor);
        if (failed)
        {
            throw new IOException($"Cannot flush the folder {path} to disk: {message}.");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
