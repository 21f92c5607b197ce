using Forge.Core.Actions.Shell;
using Forge.Core.Findings;

namespace Forge.Core.Conflicts;

/// <summary>Reads from a fix what it brings about, as far as its commands say it plainly.</summary>
public static class DemandReader
{
    /// <summary>Reads a script. What is asked for both ways in one script is left out: which way it goes is decided while it runs.</summary>
    public static IReadOnlyList<Demand> Read(string script)
    {
        var effects = ShellEffectsReader.Read(script);
        var demands = effects.InstalledPackages.Select(p => new Demand(new Resource(ResourceKind.Package, p), Demand.Present))
            .Concat(effects.RemovedPackages.Select(p => new Demand(new Resource(ResourceKind.Package, p), Demand.Absent)))
            .Concat(effects.StartedServices.Select(s => new Demand(new Resource(ResourceKind.Service, Bare(s)), Demand.On)))
            .Concat(effects.StoppedServices.Select(s => new Demand(new Resource(ResourceKind.Service, Bare(s)), Demand.Off)))
            .Concat(effects.Settings.Where(s => IsScalar(s.Value)).Select(s => new Demand(new Resource(ResourceKind.Setting, $"{s.File}:{s.Key}"), s.Value)))
            .Distinct().ToList();
        return demands is [var one] && IsAllOf(effects, one) ? [one with { Alone = true }] : [.. demands.GroupBy(d => d.Resource).Where(g => g.Count() == 1).Select(g => g.Single())];
    }

    private static bool IsAllOf(ShellEffects effects, Demand demand) =>
        effects is { Parsed: true, Settings: [], Irreversible: [], Opaque: [], LockoutTool: null, Mounts: false, TouchesServices: false } && effects.Resources.All(r => r == demand.Resource);

    // A list of words, a quoted text or an option with a value of its own is added to what is there, not put in its place (GRUB_CMDLINE_LINUX="audit=1").
    private static bool IsScalar(string value) => value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or ':');

    private static string Bare(string unit) => unit.EndsWith(".service", StringComparison.Ordinal) ? unit[..^".service".Length] : unit;
}
