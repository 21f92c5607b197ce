using Forge.Core.Findings;
using Forge.Core.Journal;
using Forge.Core.Loop;

namespace Forge.Store.Reports;

/// <summary>What happened to one item.</summary>
internal sealed class ItemStory(string id)
{
    public string Id { get; } = id;

    public Finding? Finding { get; set; }

    public ItemResult? Result { get; set; }

    public List<AttemptStory> Attempts { get; } = [];

    /// <summary>What the gate held back last; null for nothing.</summary>
    public ActionSuggested? Suggestion { get; set; }

    public List<string> Notes { get; } = [];

    /// <summary>The attempt at work; one without a number where something happened before the first.</summary>
    public AttemptStory Current
    {
        get
        {
            if (Attempts.Count == 0)
            {
                Attempts.Add(new(null));
            }

            return Attempts[^1];
        }
    }
}
