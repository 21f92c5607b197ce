using System.Text.Json;
using Forge.Models.OpenAI;

namespace Forge.Models.Tests;

public sealed class WireSchemaTests
{
    [Theory]
    [InlineData("^[a-z][a-z0-9_./-]*$", "^[a-z][a-z0-9_./-]{0,8}$")]
    [InlineData(@"^[a-z0-9_= \[\]]+$", @"^[a-z0-9_= \[\]]{1,9}$")]
    [InlineData(@"^p_[a-z0-9_]+\.so$", @"^p_[a-z0-9_]{1,4}\.so$")]
    [InlineData(@"^\d{1,3}(?:ab|cd)?$", @"^\d{1,3}(?:ab|cd)?$")]
    [InlineData("^[ -~]+$", null)]
    [InlineData("^[^a]$", null)]
    [InlineData("^.*$", null)]
    [InlineData(@"^\S+$", null)]
    [InlineData("^a\"b$", null)]
    [InlineData(@"^a\\b$", null)]
    public void A_pattern_is_sent_with_its_length_unless_it_takes_what_JSON_escapes(string pattern, string? expected)
    {
        var sent = WireSchema.Of(JsonSerializer.SerializeToElement(new { oneOf = new[] { new { type = "string", pattern, maxLength = 9 } } }));
        var rules = JsonSerializer.Deserialize<JsonElement>(sent).GetProperty("oneOf")[0];
        Assert.Equal(expected, rules.TryGetProperty("pattern", out var kept) ? kept.GetString() : null);
        Assert.Equal(9, rules.GetProperty("maxLength").GetInt32());
    }

    [Fact]
    public void A_property_of_the_name_pattern_is_none()
    {
        const string Schema = """{"type":"object","properties":{"pattern":{"type":"string"}}}""";
        Assert.Equal(Schema, WireSchema.Of(JsonSerializer.Deserialize<JsonElement>(Schema)).ToString());
    }
}
