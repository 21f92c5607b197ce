namespace Forge.Core.Targets;

/// <summary>Port: one open connection to a machine.</summary>
public interface ITarget : IAsyncDisposable
{
    /// <summary>The machine.</summary>
    TargetDescription Description { get; }

    /// <summary>What this connection is for.</summary>
    ConnectionRole Role { get; }

    /// <summary>Runs a script and waits for its end. The script travels on standard input; what it runs sees an empty standard input unless one is given.</summary>
    /// <returns>The result, also for failures of the command; a lost connection is in <see cref="CommandResult.ConnectionLost"/>.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; the remote process was ended.</exception>
    /// <exception cref="Errors.ForgeException">Ids <c>TargetSudoFailed</c>, <c>SudoPasswordFileMissing</c>, <c>SudoPasswordFileExposed</c>: sudo did not start the command, which is no exit code of it.</exception>
    Task<CommandResult> RunAsync(CommandRequest request, CancellationToken cancellationToken);

    /// <summary>Writes a file on the target: to a temporary name beside it, then renamed over it.</summary>
    /// <exception cref="Errors.ForgeException">Id <c>TargetUploadFailed</c>.</exception>
    Task UploadAsync(FileUpload upload, CancellationToken cancellationToken);

    /// <summary>Reads a file of the target into a stream.</summary>
    /// <returns>Bytes read.</returns>
    /// <exception cref="Errors.ForgeException">Ids <c>TargetDownloadFailed</c>, <c>TargetDownloadTooLarge</c>.</exception>
    Task<long> DownloadAsync(FileDownload download, CancellationToken cancellationToken);
}
