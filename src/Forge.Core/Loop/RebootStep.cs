using Forge.Core.Actions;
using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Core.Operations;

namespace Forge.Core.Loop;

/// <summary>Reboots a target and proves it: another boot id through a new login.</summary>
/// <param name="context">The run on the target.</param>
/// <param name="changes">Makes the change.</param>
/// <param name="keeper">Outside checkpoints.</param>
public sealed class RebootStep(TargetContext context, ChangeRunner changes, CheckpointKeeper keeper)
{
    /// <summary>Step name in operation ids.</summary>
    public const string Name = "reboot";

    // The wrapper must have written its result before the machine goes down; a second is ample and costs nothing measurable.
    private const string Script = """
        sync
        (sleep 1; systemctl reboot || reboot) >/dev/null 2>&1 &
        exit 0
        """;

    /// <summary>Reboots.</summary>
    /// <exception cref="ForgeException">Id <c>TargetLost</c> where no new login shows another boot in time.</exception>
    public async Task RunAsync(string reason, CancellationToken cancellationToken)
    {
        await keeper.TakeAsync(cancellationToken);
        var facts = await context.Link.ReadAsync(v => context.Ports.Inspector.ReadFactsAsync(v, cancellationToken), cancellationToken);
        await context.Scribe.WriteAsync(new RebootIntent(reason, facts.BootId, facts.Kernel), null, true, cancellationToken);
        await OrderAsync(cancellationToken);
        context.Ports.AtPoint("during-reboot");
        await AwaitAsync(facts.BootId, CancellationToken.None);
    }

    /// <summary>Takes up a reboot that was begun before a crash: it is waited for, and ordered again only where the host never heard of it.</summary>
    public async Task ResumeAsync(RebootIntent intent, CancellationToken cancellationToken)
    {
        var facts = await context.Ports.Inspector.ReadFactsAsync(await context.Link.VerifierAsync(cancellationToken), cancellationToken);
        if (facts.BootId == intent.BootId)
        {
            var id = IdOf(context.Ledger.RebootsBegun);
            var status = await (await context.Link.HostAsync(cancellationToken)).QueryAsync(id, cancellationToken);
            if (status.State == OperationState.Absent)
            {
                await OrderAsync(cancellationToken);
            }
        }

        await AwaitAsync(intent.BootId, cancellationToken);
    }

    private async Task OrderAsync(CancellationToken cancellationToken)
    {
        try
        {
            await changes.RunAsync("", context.Ledger.RebootsBegun, Name, Action, null, cancellationToken);
        }
        catch (ForgeException e) when (e.Kind is ForgeErrorKind.Unreachable or ForgeErrorKind.Timeout)
        {
            // The machine may go down before the answer is here; the boot id decides, not this answer.
            await context.Scribe.WriteAsync(new Noted($"the connection ended with the reboot: {e.Message}"), null, false, cancellationToken);
        }
    }

    private async Task AwaitAsync(string previousBootId, CancellationToken cancellationToken)
    {
        var start = context.Scribe.Start();
        await context.Link.ResetAsync();
        var facts = await context.Ports.Inspector.WaitForBootAsync(context.Target, previousBootId, context.Request.RebootTimeout, cancellationToken);
        if (facts is null)
        {
            await GiveUpAsync(cancellationToken);
            return;
        }

        await context.Scribe.WriteAsync(new RebootEnded(facts.BootId, facts.Kernel, context.Scribe.SecondsSince(start)), null, true, cancellationToken);
        context.RenewSession(facts);
        start = context.Scribe.Start();
        var host = await context.Link.HostAsync(cancellationToken);
        var epoch = await host.ClaimAsync(context.Epoch, context.Scribe.RunId, cancellationToken);
        await context.Scribe.WriteAsync(new TargetConnected(facts, epoch, context.Checkpoints?.Kind ?? "host-journal", context.Scribe.SecondsSince(start)), null, false, cancellationToken);
    }

    private async Task GiveUpAsync(CancellationToken cancellationToken)
    {
        var reason = $"no new boot of {context.Target.Name} within {context.Request.RebootTimeout.TotalMinutes:0.#} minutes";
        var reverted = await keeper.RevertAsync(reason, cancellationToken);
        throw new ForgeException(
            "TargetLost",
            ForgeErrorKind.Unreachable,
            reverted ? $"{reason}; it was taken back to the checkpoint before the reboot, and the run stops for it." : $"{reason}.",
            "Look at the machine through its console.",
            context.Target.Name);
    }

    private OperationId IdOf(int number) => OperationId.Of(context.Scribe.RunId, context.Target.Name, "", number, Name, Action.ToBytes());

    private static ScriptAction Action { get; } = new() { Arm = "loop", Summary = "reboot", Script = Script, Interpreter = "/bin/sh" };
}
