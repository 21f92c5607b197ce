using System.Text.Json;
using Forge.Core.Actions.Typed;
using Forge.Core.Findings;
using Forge.Core.Thinking;

namespace Forge.Core.Tests.Thinking;

public class SchemaNarrowingTests
{
    private static readonly Finding Finding = new()
    {
        Id = "f",
        Target = "t",
        Skill = "s",
        Title = "Mode of /etc/issue",
        Description = "The file /etc/issue must have mode 0644, and net.ipv4.ip_forward must be 0.",
    };

    [Fact]
    public void Every_text_becomes_a_choice_among_the_words_of_the_item()
    {
        var narrowed = SchemaNarrowing.Narrow(ActionCatalog.Default.SchemaFor(["set-mode"]), Finding, [new Resource(ResourceKind.File, "/etc/motd")])!.Value;
        var properties = narrowed.GetProperty("oneOf")[0].GetProperty("properties");
        Assert.Equal(["/etc/motd", "/etc/issue"], Choices(properties.GetProperty("path")));
        Assert.Contains("0644", Choices(properties.GetProperty("mode")));
        Assert.Equal("set-mode", properties.GetProperty("action").GetProperty("const").GetString());
    }

    [Fact]
    public void A_type_that_cannot_be_said_with_them_is_left_out()
    {
        var narrowed = SchemaNarrowing.Narrow(ActionCatalog.Default.SchemaFor(["set-mode", "set-config:pam"]), Finding, [])!.Value;
        Assert.Single(narrowed.GetProperty("oneOf").EnumerateArray());
        Assert.Null(SchemaNarrowing.Narrow(ActionCatalog.Default.SchemaFor(["set-config:pam"]), Finding, []));
    }

    [Fact]
    public void What_is_chosen_is_a_valid_proposal()
    {
        var narrowed = SchemaNarrowing.Narrow(ActionCatalog.Default.SchemaFor(["sysctl"]), Finding, [])!.Value.GetProperty("oneOf")[0].GetProperty("properties");
        Assert.Contains("net.ipv4.ip_forward", Choices(narrowed.GetProperty("key")));
        Assert.Contains("0", Choices(narrowed.GetProperty("value")));
        Assert.Equal("sysctl", ActionCatalog.Default.Parse(JsonSerializer.SerializeToElement(new { action = "sysctl", key = "net.ipv4.ip_forward", value = "0" }), "model").Kind);
    }

    private static string[] Choices(JsonElement property) => [.. property.GetProperty("enum").EnumerateArray().Select(e => e.GetString()!)];
}
