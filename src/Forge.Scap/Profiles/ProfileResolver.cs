using Forge.Scap.Content;

namespace Forge.Scap.Profiles;

/// <summary>Applies profiles to a benchmark: inheritance, selections, values and rule refinements as NISTIR 7275 rev. 4, section 7.2.3, says and oscap does.</summary>
public static class ProfileResolver
{
    /// <summary>Id of the benchmark's own selection, without any profile; the name that oscap uses.</summary>
    public const string DefaultProfileId = "(default)";

    /// <summary>Resolves a profile.</summary>
    /// <param name="benchmark">The benchmark.</param>
    /// <param name="name">Full id, suffix or title; null for the tailoring's only profile, or the benchmark's own selection where there is no tailoring.</param>
    /// <param name="tailoring">Tailoring file; null for none. Its profiles are looked for first.</param>
    /// <exception cref="ProfileException">The profile is unknown, ambiguous, or cannot be resolved.</exception>
    public static ResolvedProfile Resolve(Benchmark benchmark, string? name, Tailoring? tailoring = null)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        var (profile, fromTailoring) = Choose(benchmark, name, tailoring);
        var chain = profile is null ? [] : Chain(benchmark, profile, fromTailoring ? tailoring : null);
        var changes = chain.SelectMany(p => p.Changes).ToList();
        var selection = new Selection(benchmark, changes);
        var rules = selection.Rules();
        return new ResolvedProfile
        {
            Id = profile?.Id ?? DefaultProfileId,
            Title = chain.LastOrDefault(p => p.Title.Length > 0)?.Title ?? benchmark.Title,
            Benchmark = benchmark,
            Tailoring = fromTailoring ? tailoring : null,
            Rules = rules,
            RulesById = rules.ToDictionary(r => r.Rule.Id),
            Values = Values(benchmark, changes),
        };
    }

    private static (Profile? Profile, bool FromTailoring) Choose(Benchmark benchmark, string? name, Tailoring? tailoring)
    {
        if (tailoring is null)
        {
            return (name is null ? null : ProfileNames.Find(benchmark.Profiles, name, "benchmark " + benchmark.Id), false);
        }

        if (name is null)
        {
            return tailoring.Profiles.Count == 1
                ? (tailoring.Profiles[0], true)
                : throw new ProfileException(
                    $"Tailoring {tailoring.File} has {tailoring.Profiles.Count} profiles and none was named.",
                    "Name one: " + string.Join(", ", tailoring.Profiles.Select(p => p.Id)) + ".",
                    tailoring.Id);
        }

        // A tailoring's profile may bear the id of the one that it extends, and then stands in for it.
        var tailored = tailoring.Profiles.Select(p => p.Id).ToHashSet();
        var all = tailoring.Profiles.Concat(benchmark.Profiles.Where(p => !tailored.Contains(p.Id))).ToList();
        var found = ProfileNames.Find(all, name, $"tailoring {tailoring.File} and benchmark {benchmark.Id}");
        return (found, tailoring.Profiles.Contains(found));
    }

    /// <summary>The profile and all that it extends, the farthest first.</summary>
    private static List<Profile> Chain(Benchmark benchmark, Profile profile, Tailoring? tailoring)
    {
        var chain = new List<Profile> { profile };
        var current = profile;
        while (current.Extends is { } parent)
        {
            var next = tailoring?.Profiles.FirstOrDefault(p => p.Id == parent && !chain.Contains(p))
                ?? benchmark.Profiles.FirstOrDefault(p => p.Id == parent);
            if (next is null)
            {
                throw new ProfileException(
                    $"Profile '{current.Id}' extends '{parent}', which is not in benchmark {benchmark.Id}.",
                    "Use the content that the profile was written for: " + (tailoring?.BenchmarkHref is { Length: > 0 } href ? href : "see its vendor") + ".",
                    current.Id);
            }

            if (chain.Contains(next))
            {
                throw new ProfileException($"Profile '{profile.Id}' extends itself through '{current.Id}'.", "Take the content from its vendor again.", profile.Id);
            }

            chain.Add(next);
            current = next;
        }

        chain.Reverse();
        return chain;
    }

    private static Dictionary<string, ResolvedValue> Values(Benchmark benchmark, List<ProfileChange> changes)
    {
        var refinements = new Dictionary<string, RefineValueChange>();
        var settings = new Dictionary<string, SetValueChange>();
        foreach (var change in changes)
        {
            switch (change)
            {
                case RefineValueChange refinement:
                    refinements[refinement.IdRef] = refinement;
                    break;
                case SetValueChange setting:
                    settings[setting.IdRef] = setting;
                    break;
            }
        }

        var values = new Dictionary<string, ResolvedValue>();
        foreach (var value in benchmark.Values.Values)
        {
            var refinement = refinements.GetValueOrDefault(value.Id);
            var setting = settings.GetValueOrDefault(value.Id);
            var text = setting?.Text ?? value.Find(refinement?.Selector)?.Text;
            values.Add(value.Id, new ResolvedValue(value, text, refinement?.Operator ?? value.Operator, refinement, setting));
        }

        return values;
    }
}
