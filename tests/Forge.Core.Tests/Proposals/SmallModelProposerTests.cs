using Forge.Core.Errors;
using Forge.Core.Proposals;
using Forge.Core.Skills;
using Microsoft.Extensions.AI;

namespace Forge.Core.Tests.Proposals;

public class SmallModelProposerTests
{
    private const string Install = """{"action":"package","name":"aide","state":"present"}""";
    private static readonly RuleText Text = new("Install AIDE", "The `aide` package  can be installed:\n\n  $ apt-get install aide\n", []);
    private static readonly Skill Skill = new() { Name = "s", Title = "", Engine = "", Folder = "/", ExtractFile = "extract.yaml" };

    [Fact]
    public void The_prompt_is_what_the_recipe_makes_of_the_same_text() =>
        Assert.Equal("Install AIDE\nThe \"aide\" package can be installed:\n$ apt-get install aide\n=>", HardenerPrompt.Of(Text));

    [Fact]
    public void A_long_text_is_cut_where_the_recipe_cuts_it() =>
        Assert.Equal(200 + 1 + 900 + 3, HardenerPrompt.Of(new RuleText(new string('t', 300), new string('b', 2000), [])).Length);

    [Fact]
    public async Task An_answer_that_holds_is_asked_for_once_without_a_grammar()
    {
        var client = new Answers((Install, 0.99));
        var proposal = await new SmallModelProposer(client).ProposeAsync(Text, CancellationToken.None);
        Assert.Equal("aide", proposal!.Action.GetProperty("name").GetString());
        Assert.Equal(0.99, proposal.Confidence);
        Assert.Equal([false], client.Constrained);
    }

    [Theory]
    [InlineData("""{"action":"package","name":"aide2","state":"present"}""")]
    [InlineData("""{"action":"package","name":"aide"}""")]
    [InlineData("no json")]
    [InlineData("""{"action":"dance"}""")]
    [InlineData("""{"action":"set-mode","path":"/etc/x","mode":""}""")]
    [InlineData("""{"action":"package","name":"\ud800","state":"present"}""")]
    public async Task What_does_not_hold_is_asked_for_again_with_the_words_of_the_text_alone(string first)
    {
        var client = new Answers((first, 0.99), (Install, 0.2));
        var proposal = await new SmallModelProposer(client).ProposeAsync(Text, CancellationToken.None);
        Assert.Equal(0.2, proposal!.Confidence);
        Assert.Equal([false, true], client.Constrained);
        Assert.DoesNotContain("aide2", client.LastSchema, StringComparison.Ordinal);
        Assert.Contains("\"aide\"", client.LastSchema, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_without_an_action_has_no_proposal()
    {
        Assert.Null(await new SmallModelProposer(new Answers(("""{"action":"none"}""", 1))).ProposeAsync(Text, CancellationToken.None));
        Assert.Null(await new SmallModelProposer(new Answers(("x", 1), ("""{"action":"package","name":"other","state":"present"}""", 1))).ProposeAsync(Text, CancellationToken.None));
    }

    [Fact]
    public async Task A_model_that_is_gone_is_asked_once_and_the_extractor_is_a_suggestion_then()
    {
        var client = new Answers();
        using var desk = new ProposalDesk(_ => new Fixed(Install), () => (new GateModel(new SmallModelProposer(client), 0.9), ""));
        for (var i = 0; i < 3; i++)
        {
            var gated = (await desk.ProposeAsync(Skill, Text with { Title = $"{i}" }, new HashSet<string>(), CancellationToken.None)).Proposal;
            Assert.False(gated!.Acts);
        }

        Assert.Single(client.Constrained);
        Assert.Contains("nobody there", desk.Missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Excluded_arms_are_not_asked()
    {
        var client = new Answers((Install, 0.5), (Install, 0.95));
        using var desk = new ProposalDesk(_ => new Fixed(Install), () => (new GateModel(new SmallModelProposer(client), 0.9), ""));
        // To leave one arm out makes the other one no bolder.
        Assert.Equal(("extractor", false), Of(await desk.ProposeAsync(Skill, Text, new HashSet<string> { "small-model" }, CancellationToken.None)));
        Assert.Empty(client.Constrained);
        Assert.Equal(("small-model", false), Of(await desk.ProposeAsync(Skill, Text, new HashSet<string> { "extractor" }, CancellationToken.None)));
        Assert.Equal(ProposalAdvice.None, await desk.ProposeAsync(Skill, Text, new HashSet<string> { "extractor", "small-model" }, CancellationToken.None));
        Assert.Equal(ProposalAdvice.None, await desk.ProposeAsync(Skill with { ExtractFile = null }, Text, new HashSet<string>(), CancellationToken.None));
        Assert.Equal(("extractor+small-model", true), Of(await desk.ProposeAsync(Skill, Text, new HashSet<string>(), CancellationToken.None)));
    }

    [Fact]
    public async Task What_it_cost_to_ask_is_said_with_the_answer_and_an_answer_that_is_known_costs_nothing()
    {
        var client = new Answers(("x", 0.5), (Install, 0.95));
        using var desk = new ProposalDesk(_ => null, () => (new GateModel(new SmallModelProposer(client), 0.9), ""));
        var first = await desk.ProposeAsync(Skill, Text, new HashSet<string>(), CancellationToken.None);
        // Two requests, free and bound, of 30 and 7 tokens each.
        Assert.Equal((60, 14), (first.Usage.Input, first.Usage.Output));
        var second = await desk.ProposeAsync(Skill, Text, new HashSet<string>(), CancellationToken.None);
        Assert.Equal((first.Proposal, 0), (second.Proposal, second.Usage.Tokens));
    }

    [Fact]
    public async Task A_text_that_is_too_slow_for_the_extractor_is_left_to_the_model_and_said()
    {
        using var desk = new ProposalDesk(_ => new Slow(), () => (new GateModel(new SmallModelProposer(new Answers((Install, 0.95))), 0.9), ""));
        Assert.Equal(("small-model", true), Of(await desk.ProposeAsync(Skill, Text, new HashSet<string>(), CancellationToken.None)));
        Assert.Equal("one text was not read by the extractor: too slow", desk.Missing);
    }

    [Fact]
    public async Task Several_targets_with_the_same_rule_ask_the_model_once()
    {
        var client = new Answers(Enumerable.Repeat((Install, 0.95), 8).ToArray()) { Wait = TimeSpan.FromMilliseconds(20) };
        using var desk = new ProposalDesk(_ => new Fixed(Install), () => (new GateModel(new SmallModelProposer(client), 0.9, "own 12ab"), ""));
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => desk.ProposeAsync(Skill, Text, new HashSet<string>(), CancellationToken.None)));
        Assert.Single(client.Constrained);
        Assert.All(all, a => Assert.Equal(("extractor+small-model", true), Of(a)));
        Assert.Equal("own 12ab", Assert.Single(all, a => a.Usage.Tokens > 0).Model);
    }

    private static (string Arm, bool Acts) Of(ProposalAdvice advice) => (advice.Proposal!.Arm, advice.Proposal.Acts);

    private sealed class Fixed(string json) : IActionProposer
    {
        public string Arm => "extractor";

        public Task<ActionProposal?> ProposeAsync(RuleText text, CancellationToken cancellationToken) =>
            Task.FromResult<ActionProposal?>(new ActionProposal(System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(json), 1, "p", []));
    }

    private sealed class Slow : IActionProposer
    {
        public string Arm => "extractor";

        public Task<ActionProposal?> ProposeAsync(RuleText text, CancellationToken cancellationToken) => throw new ForgeException("ExtractTimeout", ForgeErrorKind.Timeout, "too slow");
    }

    /// <summary>Answers in their order; where there is none, nobody is there.</summary>
    private sealed class Answers(params (string Text, double Sure)[] answers) : IChatClient
    {
        public List<bool> Constrained { get; } = [];

        public string LastSchema { get; private set; } = "";

        public TimeSpan Wait { get; init; }

        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var schema = (options!.ResponseFormat as ChatResponseFormatJson)?.Schema;
            Constrained.Add(schema is not null);
            LastSchema = schema?.GetRawText() ?? "";
            if (Constrained.Count > answers.Length)
            {
                throw new ForgeException("ModelProcessEnded", ForgeErrorKind.Unreachable, "nobody there");
            }

            var (text, sure) = answers[Constrained.Count - 1];
            await Task.Delay(Wait, cancellationToken);
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { Usage = new() { InputTokenCount = 30, OutputTokenCount = 7 }, AdditionalProperties = new() { ["forge.confidence"] = sure, ["forge.least_certain"] = "x" } };
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("the small model is not streamed");

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
