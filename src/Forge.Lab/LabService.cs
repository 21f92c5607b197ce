using System.Diagnostics;
using Forge.Core.Errors;
using Forge.Lab.Images;
using Forge.Lab.Machines;
using Forge.Lab.Nspawn;
using Forge.Lab.Processes;
using Forge.Lab.Qemu;
using Forge.Lab.Readiness;
using Forge.Lab.Selection;

namespace Forge.Lab;

/// <summary>
/// Throw-away machines by name. All that is known about them is on disk and in the kernel, so any process may go on where another stopped; calls for one
/// machine are serialised between processes.
/// </summary>
public sealed class LabService
{
    private static readonly TimeSpan BusyLimit = TimeSpan.FromMinutes(2);
    private readonly LabOptions options;
    private readonly IReadOnlyList<ILabBackend> backends;
    private readonly ImageCache images;
    private readonly TimeProvider clock;

    /// <summary>Labs of a state folder, with the backends of Forge.</summary>
    public LabService(LabOptions options)
        : this(options, [new NspawnBackend(options), new QemuBackend(options, TimeProvider.System)], TimeProvider.System)
    {
    }

    /// <summary>Labs of a state folder.</summary>
    /// <param name="options">Folders.</param>
    /// <param name="backends">What makes machines.</param>
    /// <param name="clock">Clock for the time of creation.</param>
    public LabService(LabOptions options, IReadOnlyList<ILabBackend> backends, TimeProvider clock)
    {
        this.options = options;
        this.backends = backends;
        this.clock = clock;
        images = new ImageCache(options);
    }

    private string Labs => Path.Combine(options.Home, "labs");

    /// <summary>Makes a machine; it does not run yet. The first machine of a distribution builds the image, which takes about a minute.</summary>
    /// <exception cref="ForgeException">Ids <c>LabNameInvalid</c>, <c>LabExists</c>, <c>LabBackendUnavailable</c>, <c>LabImageBuildFailed</c>, <c>LabCreateFailed</c>.</exception>
    public async Task<LabMachine> NewAsync(NewLabRequest request, IProgress<LabProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var folder = FolderOf(request.Name);
        using var guard = await LockAsync(folder, cancellationToken);
        if (folder.Exists)
        {
            throw new ForgeException("LabExists", ForgeErrorKind.Conflict, $"There is a lab '{request.Name}' already.", $"Choose another name, or Remove-ForgeLab {request.Name}.", request.Name);
        }

        DeleteLeftovers(request.Name);
        var image = await images.EnsureAsync(request.Distribution, progress, cancellationToken);
        var choice = BackendChoice.Choose(request.Backend, request.Purpose, await LookAroundAsync(request, image, cancellationToken));
        var backend = BackendOf(choice.Backend);
        var draft = new LabFolder(Path.Combine(Labs, $".{request.Name}.{Guid.NewGuid():N}"));
        PrivateFolder.Create(draft.Path);
        try
        {
            var record = new LabRecord
            {
                Name = request.Name,
                Distribution = request.Distribution,
                Backend = choice.Backend,
                Accelerator = (await backend.FindAcceleratorAsync(image, cancellationToken)).Name,
                Reason = choice.Reason,
                ImageDigest = image.Digest,
                CreatedAt = clock.GetUtcNow(),
                UserName = LabImage.UserName,
                MemoryMiB = request.MemoryMiB,
                Processors = request.Processors,
                Port = PortChooser.Choose(),

                // A QEMU machine begins as the image that was booted once and saved with its memory.
                Suspended = choice.Backend == LabBackendKind.Qemu,
            };
            File.Copy(image.KeyFile, draft.KeyFile);
            File.Copy(image.PasswordFile, draft.PasswordFile);
            File.Copy(image.HostKeysFile, draft.HostKeysFile);
            await backend.CreateAsync(draft, record, image, progress, cancellationToken);
            draft.Save(record);
            Directory.Move(draft.Path, folder.Path);
        }
        catch
        {
            Directory.Delete(draft.Path, recursive: true);
            throw;
        }

        return Describe(folder);
    }

    /// <summary>Starts a machine; returns when its account has logged in over ssh.</summary>
    /// <exception cref="ForgeException">Ids <c>LabNotFound</c>, <c>LabStartFailed</c>, <c>LabNotReady</c>, <c>LabBusy</c>.</exception>
    public async Task<LabMachine> StartAsync(string name, CancellationToken cancellationToken = default)
    {
        var folder = Find(name);
        using var guard = await LockAsync(folder, cancellationToken);
        var backend = BackendOf(folder.Load().Backend);
        var wasStopped = backend.GetState(folder) == LabState.Stopped;
        var watch = Stopwatch.StartNew();
        await backend.StartAsync(folder, cancellationToken);
        if (wasStopped)
        {
            folder.Save(folder.Load() with { BootSeconds = watch.Elapsed.TotalSeconds });
        }

        return Describe(folder);
    }

    /// <summary>Stops a machine; its disk stays as it is.</summary>
    public async Task<LabMachine> StopAsync(string name, CancellationToken cancellationToken = default)
    {
        var folder = Find(name);
        using var guard = await LockAsync(folder, cancellationToken);
        await BackendOf(folder.Load().Backend).StopAsync(folder, cancellationToken);
        return Describe(folder);
    }

    /// <summary>Removes a machine: ends it, deletes its disks and its checkpoints. One that is gone already is no error.</summary>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken = default)
    {
        var folder = FolderOf(name);
        using var guard = await LockAsync(folder, cancellationToken);
        DeleteLeftovers(name);
        if (!Directory.Exists(folder.Path))
        {
            return;
        }

        // Asked of every backend, so that a machine with a damaged record goes too.
        foreach (var backend in backends)
        {
            await backend.KillAsync(folder, cancellationToken);
        }

        var doomed = Path.Combine(Labs, $".{name}.{Guid.NewGuid():N}");
        Directory.Move(folder.Path, doomed);
        Directory.Delete(doomed, recursive: true);
    }

    /// <summary>One machine.</summary>
    /// <exception cref="ForgeException">Id <c>LabNotFound</c>.</exception>
    public LabMachine Get(string name) => Describe(Find(name));

    /// <summary>Whether there is a machine of this name; false for a name that no machine may have.</summary>
    public bool Exists(string name) => LabNames.MayBeLab(name) && FolderOf(name).Exists;

    /// <summary>All machines, by name.</summary>
    public IReadOnlyList<LabMachine> List() => !Directory.Exists(Labs)
        ? []
        : [.. Directory.EnumerateDirectories(Labs)
            .Select(path => new LabFolder(path))
            .Where(folder => !folder.Name.StartsWith('.') && folder.Exists)
            .OrderBy(folder => folder.Name, StringComparer.Ordinal)
            .Select(Describe)];

    /// <summary>Takes a checkpoint; the machine goes on as it is.</summary>
    /// <param name="name">The machine.</param>
    /// <param name="checkpoint">Name of the checkpoint: letters, digits, dots, dashes and underscores, at most 100.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ForgeException">Ids <c>LabNotFound</c>, <c>LabNameInvalid</c>, <c>LabCheckpointExists</c>, <c>LabCheckpointFailed</c>.</exception>
    public async Task<LabCheckpoint> CheckpointAsync(string name, string checkpoint, CancellationToken cancellationToken = default)
    {
        var folder = Find(name);
        LabNames.RequireCheckpoint(checkpoint);
        using var guard = await LockAsync(folder, cancellationToken);
        return await BackendOf(folder.Load().Backend).CheckpointAsync(folder, checkpoint, cancellationToken);
    }

    /// <summary>Takes a machine back to a checkpoint and runs it; returns when its account has logged in.</summary>
    /// <exception cref="ForgeException">Ids <c>LabNotFound</c>, <c>LabCheckpointNotFound</c>, <c>LabCheckpointFailed</c>, <c>LabNotReady</c>.</exception>
    public async Task<LabMachine> RestoreAsync(string name, string checkpoint, CancellationToken cancellationToken = default)
    {
        var folder = Find(name);
        LabNames.RequireCheckpoint(checkpoint);
        using var guard = await LockAsync(folder, cancellationToken);
        await BackendOf(folder.Load().Backend).RestoreAsync(folder, checkpoint, cancellationToken);
        return Describe(folder);
    }

    /// <summary>Drops a checkpoint; one that is gone already is no error.</summary>
    public async Task DropCheckpointAsync(string name, string checkpoint, CancellationToken cancellationToken = default)
    {
        var folder = Find(name);
        LabNames.RequireCheckpoint(checkpoint);
        using var guard = await LockAsync(folder, cancellationToken);
        await BackendOf(folder.Load().Backend).DropCheckpointAsync(folder, checkpoint, cancellationToken);
    }

    /// <summary>The checkpoints of a machine, oldest first.</summary>
    public async Task<IReadOnlyList<LabCheckpoint>> ListCheckpointsAsync(string name, CancellationToken cancellationToken = default)
    {
        var folder = Find(name);
        using var guard = await LockAsync(folder, cancellationToken);
        return await BackendOf(folder.Load().Backend).ListCheckpointsAsync(folder, cancellationToken);
    }

    /// <summary>Runs a shell script as root in a running machine, past its network services.</summary>
    /// <param name="name">The machine.</param>
    /// <param name="script">Script for <c>/bin/sh</c>.</param>
    /// <param name="limit">Time limit.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ForgeException">Ids <c>LabNotFound</c>, <c>LabNotRunning</c>.</exception>
    public Task<LabCommandResult> RunInsideAsync(string name, string script, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        var folder = Find(name);
        return BackendOf(folder.Load().Backend).RunInsideAsync(folder, script, limit, cancellationToken);
    }

    /// <summary>Builds the image of a distribution if it is not in the cache yet.</summary>
    /// <returns>Digest of its recipe.</returns>
    public async Task<string> EnsureImageAsync(string distribution, IProgress<LabProgress>? progress = null, CancellationToken cancellationToken = default) =>
        (await images.EnsureAsync(distribution, progress, cancellationToken)).Digest;

    private LabFolder FolderOf(string name) => new(Path.Combine(Labs, LabNames.RequireLab(name)));

    private LabFolder Find(string name)
    {
        var folder = FolderOf(name);
        folder.Load();
        return folder;
    }

    private ILabBackend BackendOf(LabBackendKind kind) => backends.First(backend => backend.Kind == kind);

    private Task<FileLock> LockAsync(LabFolder folder, CancellationToken cancellationToken) =>
        FileLock.TakeAsync(Path.Combine(Labs, ".locks", folder.Name), $"the lab '{folder.Name}'", BusyLimit, cancellationToken);

    /// <summary>Drafts and half deleted folders of a process that was killed; the lock says that none works on them.</summary>
    private void DeleteLeftovers(string name)
    {
        foreach (var leftover in Directory.EnumerateDirectories(Labs, $".{name}.*"))
        {
            Directory.Delete(leftover, recursive: true);
        }
    }

    private async Task<BackendAvailability> LookAroundAsync(NewLabRequest request, LabImage image, CancellationToken cancellationToken)
    {
        var nspawn = backends.FirstOrDefault(backend => backend.Kind == LabBackendKind.Nspawn);
        var qemu = backends.FirstOrDefault(backend => backend.Kind == LabBackendKind.Qemu);
        var qemuMissing = qemu is null ? "it is not built in" : qemu.WhyUnavailable();
        var kvmMissing = qemuMissing;
        if (request.Backend is null && qemu is not null && qemuMissing is null)
        {
            kvmMissing = (await qemu.FindAcceleratorAsync(image, cancellationToken)).WhyNotKvm;
        }

        return new BackendAvailability(nspawn is null ? "it is not built in" : nspawn.WhyUnavailable(), qemuMissing, kvmMissing);
    }

    private LabMachine Describe(LabFolder folder)
    {
        var record = folder.Load();
        var state = BackendOf(record.Backend).GetState(folder);
        return new LabMachine
        {
            Name = record.Name,
            Distribution = record.Distribution,
            Backend = record.Backend,
            Accelerator = record.Accelerator,
            Reason = record.Reason,
            State = state,
            Port = state == LabState.Running ? record.Port : null,
            Boot = record.BootSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            CreatedAt = record.CreatedAt,
            UserName = record.UserName,
            KeyFile = folder.KeyFile,
            PasswordFile = folder.PasswordFile,
            KnownHostsFile = folder.KnownHostsFile,
            ImageDigest = record.ImageDigest,
            Folder = folder.Path,
        };
    }
}
