using Forge.Core.Errors;

namespace Forge.Lab.Processes;

/// <summary>A lock between processes: flock(2) on a file, freed by the kernel when its holder ends in whatever way.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream stream;

    private FileLock(FileStream stream) => this.stream = stream;

    /// <summary>Waits for the lock.</summary>
    /// <param name="path">The file; made if missing.</param>
    /// <param name="what">What the lock guards, for the message.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ForgeException">Id <c>LabBusy</c>: another process holds it for longer than the limit.</exception>
    public static async Task<FileLock> TakeAsync(string path, string what, TimeSpan limit, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var deadline = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        while (true)
        {
            try
            {
                // FileShare.None is flock(LOCK_EX | LOCK_NB) in .NET on Unix.
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                if (Environment.TickCount64 > deadline)
                {
                    throw new ForgeException(
                        "LabBusy",
                        ForgeErrorKind.Conflict,
                        $"Another process has been working on {what} for more than {limit.TotalSeconds:0} s.",
                        "Wait for it to end, then try again.",
                        path,
                        exception);
                }
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
