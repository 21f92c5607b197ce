using System.Text.Json;
using Forge.Core.Errors;
using Forge.Llama.Grammar;
using Microsoft.Extensions.AI;

namespace Forge.Llama.Tests;

public sealed class JsonSchemaGrammarTests : IDisposable
{
    private readonly ModelLab _lab = new();

    [Theory]
    [InlineData("""{"type":"string"}""")]
    [InlineData("""{"type":"string","minLength":2,"maxLength":5}""")]
    [InlineData("""{"type":"integer"}""")]
    [InlineData("""{"type":"integer","minimum":1}""")]
    [InlineData("""{"type":"number"}""")]
    [InlineData("""{"type":["string","null"],"maxLength":6}""")]
    [InlineData("""{"const":"quote \" and \\ and é and \n"}""")]
    [InlineData("""{"enum":[1,"two",null,true,{"a":[1]}]}""")]
    [InlineData("""{"type":"object"}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"boolean"},"c":{"type":"null"}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"boolean"},"b \"x":{"type":"boolean"}},"required":["b \"x"],"additionalProperties":false}""")]
    [InlineData("""{"type":"array","items":{"type":"boolean"}}""")]
    [InlineData("""{"type":"array","items":{"type":"boolean"},"minItems":2,"maxItems":3}""")]
    [InlineData("""{"type":"array","items":{"type":"boolean"},"maxItems":1}""")]
    [InlineData("""{"oneOf":[{"type":"object","properties":{"k":{"const":"a"}},"required":["k"]},{"type":"object","properties":{"k":{"const":"b"},"n":{"type":"integer"}},"required":["k","n"]}]}""")]
    [InlineData("""{"$defs":{"t":{"type":"object","properties":{"v":{"type":"boolean"},"next":{"anyOf":[{"$ref":"#/$defs/t"},{"type":"null"}]}},"required":["v"]}},"$ref":"#/$defs/t"}""")]
    [InlineData("""{"type":"string","pattern":"^/(etc|var)/[a-z\\d_.-]{1,12}(\\.conf)?$"}""")]
    [InlineData("""{"type":"string","pattern":"^[^/]+ \"\\w\\\\.$"}""")]
    [InlineData("""{"type":"string","pattern":"^[ -~]+$","maxLength":20}""")]
    [InlineData("""{"type":"object","oneOf":[{"type":"object","properties":{"a":{"const":"x"}},"required":["a"],"additionalProperties":false},{"type":"object","properties":{"b":{"type":"integer"}},"required":["b"],"additionalProperties":false}]}""")]
    public async Task What_the_model_writes_under_a_schema_is_json_that_meets_it(string text)
    {
        using var schema = JsonDocument.Parse(text);
        var format = ChatResponseFormat.ForJsonSchema(schema.RootElement);
        await using var client = _lab.Client();
        foreach (var seed in Enumerable.Range(0, 6))
        {
            var response = await client.GetResponseAsync("x", new ChatOptions { MaxOutputTokens = 400, Temperature = 1.5f, Seed = seed, ResponseFormat = format });
            if (response.FinishReason == ChatFinishReason.Stop)
            {
                using var answer = JsonDocument.Parse(response.Text);
                SchemaJudge.Check(schema.RootElement, schema.RootElement, answer.RootElement);
            }
            else
            {
                // Only what has no bound may run out of tokens: a string, a list, a chain.
                Assert.DoesNotContain("maxLength", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Json_without_a_schema_is_any_object()
    {
        await using var client = _lab.Client();
        var ended = 0;
        foreach (var seed in Enumerable.Range(0, 10))
        {
            var response = await client.GetResponseAsync("x", new ChatOptions { MaxOutputTokens = 400, Temperature = 1.5f, Seed = seed, ResponseFormat = ChatResponseFormat.Json });
            if (response.FinishReason == ChatFinishReason.Stop)
            {
                ended++;
                using var answer = JsonDocument.Parse(response.Text);
                Assert.Equal(JsonValueKind.Object, answer.RootElement.ValueKind);
            }
            else
            {
                Assert.StartsWith("{", response.Text, StringComparison.Ordinal);
            }
        }

        Assert.True(ended > 0);
    }

    [Theory]
    [InlineData("""{"type":"string","format":"date"}""", "format")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","maximum":5}}}""", "#/properties/a")]
    [InlineData("""{"type":"object","patternProperties":{}}""", "patternProperties")]
    [InlineData("""{"type":"object","required":["a"]}""", "'a' is required")]
    [InlineData("""{"not":{"type":"string"}}""", "not")]
    [InlineData("""{}""", "no type")]
    [InlineData("""{"type":"strin"}""", "strin")]
    [InlineData("""{"type":"array"}""", "items")]
    [InlineData("""{"type":"string","pattern":"a+"}""", "anchored")]
    [InlineData("""{"type":"string","pattern":"^(?=a)b$"}""", "group")]
    [InlineData("""{"type":"string","pattern":"^[a$"}""", "class")]
    [InlineData("""{"type":"string","pattern":"^[z-a]$"}""", "range")]
    [InlineData("""{"type":"string","pattern":"^\\bword$"}""", "escape")]
    [InlineData("""{"type":"string","pattern":"^a+?$"}""", "lazy")]
    [InlineData("""{"type":"string","maxLength":-1}""", "maxLength")]
    [InlineData("""{"$ref":"other.json"}""", "other.json")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "nowhere")]
    [InlineData("""{"enum":[]}""", "enum")]
    [InlineData("""true""", "no schema")]
    public void What_a_grammar_cannot_say_is_refused_with_its_place(string text, string said)
    {
        using var schema = JsonDocument.Parse(text);
        var fault = Assert.Throws<ForgeException>(() => JsonSchemaGrammar.Of(schema.RootElement));
        Assert.Equal("ModelSchemaUnsupported", fault.Id);
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void The_whole_catalogue_of_actions_and_sequences_of_them_can_be_said_as_a_grammar()
    {
        var schema = Forge.Core.Actions.Typed.ProposalParser.SchemaFor(Forge.Core.Actions.Typed.ActionCatalog.Default.Types.Select(t => t.Name), 6);
        Assert.Contains("root", JsonSchemaGrammar.Of(schema), StringComparison.Ordinal);
    }
}
