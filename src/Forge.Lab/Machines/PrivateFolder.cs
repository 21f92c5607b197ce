namespace Forge.Lab.Machines;

/// <summary>Folders that only their owner may enter: they hold keys and passwords.</summary>
internal static class PrivateFolder
{
    /// <summary>Makes one.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
