using Forge.Core.Errors;
using Forge.Lab.Machines;
using Forge.Lab.Readiness;

namespace Forge.Lab.Qemu;

/// <summary>Brings one QEMU machine up and proves that it is ready.</summary>
internal sealed class QemuBoot(LabFolder folder, TimeProvider clock)
{
    private static readonly TimeSpan MonitorLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AgentLimit = TimeSpan.FromSeconds(15);
    private readonly QemuProcess process = new(folder);
    private readonly QemuPaths paths = new(folder);

    /// <summary>Starts QEMU on a free port; the port is written into the record. A port that was free a moment ago may be taken by now: another is tried.</summary>
    /// <param name="snapshot">Saved memory to load; the machine then stands still until <see cref="ResumeAsync"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task LaunchAsync(string? snapshot, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var record = folder.Load();
            if (!PortChooser.IsFree(record.Port))
            {
                record = record with { Port = PortChooser.Choose() };
                folder.Save(record);
            }

            folder.WriteKnownHosts(record.Port);
            try
            {
                await process.StartAsync(new QemuShape(record.Accelerator, record.MemoryMiB, record.Processors), record.Port, snapshot, cancellationToken);
                return;
            }
            catch (ForgeException exception) when (exception.Id == "LabPortTaken" && attempt < 5)
            {
                folder.Save(record with { Port = PortChooser.Choose() });
            }
        }
    }

    /// <summary>Waits for the login of a machine that boots.</summary>
    public Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken) => WaitAsync(limit, booting: true, cancellationToken);

    /// <summary>Lets a machine run on from saved memory, tells it the time, and waits for its login.</summary>
    public async Task ResumeAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        await using (var monitor = await ConnectMonitorAsync(cancellationToken))
        {
            await monitor.ExecuteAsync("cont", null, cancellationToken);
        }

        await SetClockAsync(cancellationToken);
        await WaitAsync(limit, booting: false, cancellationToken);
    }

    /// <summary>A machine from saved memory believes that no time has passed. The guest agent tells it; the serial console where there is none.</summary>
    public async Task SetClockAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var agent = await GuestAgent.ConnectAsync(paths.Agent, AgentLimit, cancellationToken);
            await agent.SetClockAsync(clock.GetUtcNow(), cancellationToken);
        }
        catch (ForgeException exception) when (exception.Id is "LabAgentUnreachable" or "LabAgentRefused")
        {
            await using var console = await SerialConsole.ConnectAsync(paths.Serial, cancellationToken);
            await console.LoginAsync("root", (await File.ReadAllTextAsync(folder.PasswordFile, cancellationToken)).Trim(), TimeSpan.FromSeconds(30), cancellationToken);
            var result = await console.RunAsync($"date -s @{clock.GetUtcNow().ToUnixTimeSeconds()}", TimeSpan.FromSeconds(10), cancellationToken);
            if (result.ExitCode != 0)
            {
                throw new ForgeException(
                    "LabClockFailed", ForgeErrorKind.Unreachable, $"The clock of '{folder.Name}' cannot be set: {result.Output.Trim()}", "Restart the machine from inside; it reads the clock at boot.", folder.Name, exception);
            }
        }
    }

    /// <summary>Opens the monitor.</summary>
    public Task<QmpClient> ConnectMonitorAsync(CancellationToken cancellationToken) => QmpClient.ConnectAsync(paths.Monitor, MonitorLimit, cancellationToken);

    private Task WaitAsync(TimeSpan limit, bool booting, CancellationToken cancellationToken) =>
        SshProbe.WaitAsync(folder, folder.Load(), limit, booting, () => process.Find() is null ? "QEMU ended" : null, cancellationToken);
}
