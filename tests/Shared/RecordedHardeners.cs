using System.Globalization;
using System.Text.Json;
using Forge.Core.Proposals;

namespace Forge.Shared;

/// <summary>Opens models that answer from a list: which of the rules r00, r01, ... they get right. What they get wrong they answer with another package.</summary>
public sealed class RecordedHardeners : IHardenerSource
{
    private readonly Dictionary<string, Func<int, bool>> _knows = [];

    /// <summary>Names of the models that were opened, in order.</summary>
    public List<string> Opened { get; } = [];

    /// <summary>Models that are open now.</summary>
    public int Open { get; private set; }

    /// <summary>Where set, an answer waits for it.</summary>
    public Task? Silence { get; init; }

    public RecordedHardeners Knows(string name, Func<int, bool> rules)
    {
        _knows[name] = rules;
        return this;
    }

    IActionProposer IHardenerSource.Open(HardenerModel model)
    {
        Opened.Add(model.Name);
        Open++;
        return new Proposer(this, _knows[model.Name]);
    }

    private sealed class Proposer(RecordedHardeners source, Func<int, bool> knows) : IActionProposer, IDisposable
    {
        public string Arm => "small-model";

        public void Dispose() => source.Open--;

        public async Task<ActionProposal?> ProposeAsync(RuleText text, CancellationToken cancellationToken)
        {
            if (source.Silence is { } silence)
            {
                await silence;
            }

            var number = int.Parse(text.Title[1..], CultureInfo.InvariantCulture);
            var answer = knows(number) ? HardenerHome.ActionOf(number) : """{"action":"package","name":"wrong","state":"present"}""";
            return answer is null ? null : new ActionProposal(JsonDocument.Parse(answer).RootElement, 0.9, "recorded", []);
        }
    }
}
