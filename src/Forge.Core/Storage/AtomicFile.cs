using System.Text;

namespace Forge.Core.Storage;

/// <summary>Writes a file so that it is the old or the new one at every moment, also after a power cut.</summary>
public static class AtomicFile
{
    /// <summary>Writes it, mode 0600 where the system has modes.</summary>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        var beside = path + "." + Guid.NewGuid().ToString("N")[..8] + ".tmp";
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            var file = new FileStream(beside, how);
            await using (file.ConfigureAwait(false))
            {
                await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
                file.Flush(true);
            }

            File.Move(beside, path, true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}
