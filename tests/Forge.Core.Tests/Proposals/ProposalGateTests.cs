using System.Text.Json;
using Forge.Core.Proposals;

namespace Forge.Core.Tests.Proposals;

public class ProposalGateTests
{
    private const string Install = """{"action":"package","name":"aide","state":"present"}""";
    private const string Remove = """{"action":"package","name":"aide","state":"absent"}""";

    [Theory]
    [InlineData(Install, Install, 0.1, false, "extractor+small-model", true)]
    [InlineData(Install, Remove, 1.0, true, "extractor", false)]
    [InlineData(Install, Remove, 0.5, true, "extractor", true)]
    [InlineData(Install, Remove, 0.5, false, "extractor", false)]
    [InlineData(null, Install, 0.95, false, "small-model", true)]
    [InlineData(null, Install, 0.94, false, "small-model", false)]
    [InlineData(Install, null, 0, false, "extractor", false)]
    [InlineData(Install, null, 0, true, "extractor", true)]
    public void What_agrees_or_is_sure_is_tried_and_all_else_is_a_suggestion(string? extracted, string? modelled, double sure, bool alone, string arm, bool acts)
    {
        var verdict = ProposalGate.Decide(Proposal(extracted, 1) is { } text ? text with { Alone = alone } : null, Proposal(modelled, sure), 0.95);
        Assert.Equal((arm, acts), (verdict!.Arm, verdict.Acts));
        Assert.NotEmpty(verdict.Why);
    }

    [Fact]
    public void Nobody_proposes_nothing_is_tried() => Assert.Null(ProposalGate.Decide(null, null, 0));

    [Fact]
    public void A_model_without_a_threshold_never_acts_alone() => Assert.False(ProposalGate.Decide(null, Proposal(Install, 1), double.MaxValue)!.Acts);

    [Theory]
    [InlineData("""{"action":"set-mode","path":"/etc/x","mode":"644"}""", """{"action":"set-mode","mode":"0644","path":"/etc/x"}""", true)]
    [InlineData("""{"action":"audit-rule","rule":"-w /etc/x -p wa"}""", """{"action":"audit-rule","rule":"-w  /etc/x  -p wa "}""", true)]
    [InlineData("""{"action":"set-mode","path":"/etc/x","mode":"0644"}""", """{"action":"set-mode","path":"/etc/x","mode":"0640"}""", false)]
    [InlineData("""{"action":"set-mode","path":"/etc/x","mode":"0644"}""", """{"action":"set-mode","path":"/etc/x","mode":"0644","owner":"root"}""", false)]
    public void Two_spellings_of_one_change_are_the_same(string one, string other, bool same) =>
        Assert.Equal(same, CanonicalProposal.AreSame(Json(one), Json(other)));

    private static ActionProposal? Proposal(string? json, double sure) => json is null ? null : new ActionProposal(Json(json), sure, "why", []);

    private static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
