using Forge.Core.Errors;
using Forge.Lab.Images;
using Forge.Lab.Machines;

namespace Forge.Lab;

/// <summary>
/// Port: makes, runs and takes back machines of one kind. Calls for one machine never overlap (<see cref="LabService"/> sees to it); a call finds out from
/// the machine's folder and from the kernel what runs, never from memory: the process that started a machine may be gone.
/// </summary>
public interface ILabBackend
{
    /// <summary>What it makes.</summary>
    LabBackendKind Kind { get; }

    /// <summary>Why it cannot be used here, one sentence with what is missing; null where it can.</summary>
    string? WhyUnavailable();

    /// <summary>What will execute the instructions of its machines. The first call may take some seconds (a probe boots), then the answer is remembered.</summary>
    Task<LabAccelerator> FindAcceleratorAsync(LabImage image, CancellationToken cancellationToken);

    /// <summary>Puts the machine's disks into its folder.</summary>
    Task CreateAsync(LabFolder folder, LabRecord record, LabImage image, IProgress<LabProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Starts the machine; returns when a login works. One that runs already is only waited for.</summary>
    /// <exception cref="ForgeException">Ids <c>LabStartFailed</c>, <c>LabNotReady</c>.</exception>
    Task StartAsync(LabFolder folder, CancellationToken cancellationToken);

    /// <summary>Stops the machine so that the next start finds its disk as it is now. One that is stopped is no error.</summary>
    Task StopAsync(LabFolder folder, CancellationToken cancellationToken);

    /// <summary>Ends everything of the machine at once, as a power cut does; leaves no process, mount or control group.</summary>
    Task KillAsync(LabFolder folder, CancellationToken cancellationToken);

    /// <summary>Whether it runs.</summary>
    LabState GetState(LabFolder folder);

    /// <summary>Takes a checkpoint.</summary>
    /// <exception cref="ForgeException">Ids <c>LabCheckpointExists</c>, <c>LabCheckpointFailed</c>.</exception>
    Task<LabCheckpoint> CheckpointAsync(LabFolder folder, string name, CancellationToken cancellationToken);

    /// <summary>Takes the machine back to a checkpoint and runs it; returns when a login works.</summary>
    /// <exception cref="ForgeException">Ids <c>LabCheckpointNotFound</c>, <c>LabCheckpointFailed</c>, <c>LabNotReady</c>.</exception>
    Task RestoreAsync(LabFolder folder, string name, CancellationToken cancellationToken);

    /// <summary>Drops a checkpoint; one that is gone already is no error.</summary>
    Task DropCheckpointAsync(LabFolder folder, string name, CancellationToken cancellationToken);

    /// <summary>The checkpoints, oldest first.</summary>
    Task<IReadOnlyList<LabCheckpoint>> ListCheckpointsAsync(LabFolder folder, CancellationToken cancellationToken);

    /// <summary>Runs a shell script as root in the running machine, past its network services: the way in when ssh or sudo is broken.</summary>
    Task<LabCommandResult> RunInsideAsync(LabFolder folder, string script, TimeSpan limit, CancellationToken cancellationToken);
}
