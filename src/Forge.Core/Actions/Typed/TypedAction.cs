using System.Text.Json;
using System.Text.Json.Nodes;
using Forge.Core.Findings;
using Forge.Core.Policy;

namespace Forge.Core.Actions.Typed;

/// <summary>
/// A change that knows what it is: its resources, its class, whether the host is already so, how it is applied and judged. It renders to one POSIX script
/// that the host's wrapper runs, journals and undoes exactly. What it says of itself is computed from its fields, never taken from who proposed it.
/// </summary>
public abstract record TypedAction : ForgeAction
{
    private protected TypedAction() => ExitCodeCounts = true;

    /// <summary>What it touches, by its own fields; what is set from outside does not count.</summary>
    public sealed override IReadOnlyList<Resource> Resources => Touches();

    /// <summary>The class that its fields alone demand, and why; <see cref="RiskClassifier"/> adds what its resources demand.</summary>
    public abstract RiskAssessment OwnRisk { get; }

    /// <summary>Its format, where its type has formats; null where not.</summary>
    public virtual string? Format => null;

    /// <summary>Units that it is to stop: that they do not run afterwards is no harm.</summary>
    public virtual IReadOnlyList<string> Stops => [];

    /// <summary>One line for people, from its fields.</summary>
    public abstract string Describe();

    /// <summary>A script that changes nothing: exit code 0 where the host is so already, 1 where not, another one where it cannot be told.</summary>
    public virtual string CheckScript() => TypedScript.Check(Fragments, Variables);

    /// <inheritdoc/>
    public override string ToScript() => TypedScript.Apply(Fragments, Variables);

    /// <summary>The first field that cannot be used, and why; null where all can: the schema of its type first, then what no schema can say.</summary>
    public InvalidField? FindInvalid() => FieldRules.FindFault(Fields, ActionCatalog.Default.SchemaOf(this)) ?? FindOwnFault();

    /// <summary>The proposal that this action is read from: its fields in the order of its schema.</summary>
    public JsonElement ToProposal()
    {
        var proposal = new JsonObject { ["action"] = Kind };
        if (Format is not null)
        {
            proposal["format"] = Format;
        }

        foreach (var (key, value) in Fields.Where(f => f.Value is not null))
        {
            proposal[key] = value;
        }

        return JsonSerializer.SerializeToElement(proposal);
    }

    /// <summary>Its fields by their keys in the schema, in that order; null for one that is left out.</summary>
    private protected abstract IReadOnlyList<(string Key, string? Value)> Fields { get; }

    /// <summary>Names of the parts in <c>Scripts</c> that it is made of, in their order; the last defines <c>so</c> and <c>apply</c>.</summary>
    private protected abstract IReadOnlyList<string> Fragments { get; }

    /// <summary>Variables that its parts read; each value reaches the shell as one quoted word.</summary>
    private protected virtual IReadOnlyList<(string Name, string Value)> Variables => [.. Fields.Select(f => (f.Key, f.Value ?? ""))];

    private protected abstract IReadOnlyList<Resource> Touches();

    /// <summary>What no schema can say against its fields; null for nothing.</summary>
    private protected virtual InvalidField? FindOwnFault() => null;

    private protected static Resource FileOf(string path) => new(ResourceKind.File, path);
}
