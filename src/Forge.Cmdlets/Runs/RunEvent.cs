using System.Reflection;
using System.Text.Json.Serialization;
using Forge.Cmdlets.Tasks;
using Forge.Core.Journal;

namespace Forge.Cmdlets.Runs;

/// <summary>An event of a run's journal.</summary>
/// <param name="runId">Run.</param>
/// <param name="line">Line of the journal.</param>
public sealed class RunEvent(string runId, JournalLine line)
{
    private static readonly Dictionary<Type, string> TypeNames = typeof(ForgeEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(a => a.DerivedType, a => a.TypeDiscriminator?.ToString() ?? "");

    /// <summary>Run.</summary>
    public string RunId => runId;

    /// <summary>Number within the run, from 1.</summary>
    public long Sequence => line.Sequence;

    /// <summary>When, UTC.</summary>
    public DateTimeOffset Time => line.Time;

    /// <summary>Type as the journal names it.</summary>
    public string Type => TypeNames[line.Event.GetType()];

    /// <summary>Target; null for the run as a whole.</summary>
    public string? Target => line.Event.Target;

    /// <summary>Item; null for none.</summary>
    public string? ItemId => line.Event.Item;

    /// <summary>One line for people; empty where the event has none.</summary>
    public string Text => EventText.Of(line.Event) ?? "";

    /// <summary>The event itself.</summary>
    public object Event => line.Event;
}
