namespace Forge.Scap.Derivation;

/// <summary>Modules that set units: service, systemd, systemd_service.</summary>
internal static class ServiceTask
{
    public static TaskMeaning Read(AnsibleArguments arguments)
    {
        var enabled = arguments.Flag("enabled");
        var masked = arguments.Flag("masked");
        var running = arguments.Text("state");
        var name = arguments.Text("name", "service", "unit");
        if (name is null && arguments.Raw("name", "service", "unit") is not null)
        {
            return TaskMeaning.Of("a unit that the machine decides");
        }

        if (name is null || (enabled is null && masked is not true && running is null or "restarted" or "reloaded"))
        {
            return TaskMeaning.Nothing;
        }

        var state = masked == true ? "masked" : enabled == true ? "enabled" : enabled == false ? "disabled" : null;
        return state is null ? TaskMeaning.Of("a service that is only started or stopped")
            : TaskMeaning.Of(Proposal.Of(("action", "service"), ("name", ShortName(name)), ("state", state)));
    }

    /// <summary>A unit's name as texts have it: a service without its suffix.</summary>
    public static string ShortName(string unit) => unit.EndsWith(".service", StringComparison.Ordinal) ? unit[..^".service".Length] : unit;
}
