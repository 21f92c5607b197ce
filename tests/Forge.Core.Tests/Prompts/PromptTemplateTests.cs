using FsCheck;
using FsCheck.Fluent;
using Forge.Core.Errors;
using Forge.Core.Models;
using Forge.Core.Prompts;
using Forge.Core.Skills;

namespace Forge.Core.Tests.Prompts;

public class PromptTemplateTests
{
    private const string Text = """
        # system

        ## Role {keep}
        You mend.

        ## Tools {priority=5}
        {{tools}}

        # user

        ## Item {keep}
        {{item}}

        ## Attempts {priority=2 tokens=20}
        {{attempts}}

        ## Now {keep}
        Answer with one JSON object.
        """;

    private static readonly string[] Places = ["tools", "item", "attempts"];

    private static PromptTemplate Template => PromptTemplate.Parse("worker.md", Text, Places);

    [Fact]
    public void What_is_dropped_first_is_what_matters_least_and_the_closing_directive_never_is()
    {
        var values = new Dictionary<string, string> { ["tools"] = new string('t', 900), ["item"] = "x", ["attempts"] = "failed" };
        var prompt = Template.Compose(values, 60);
        Assert.DoesNotContain("ttt", prompt.System, StringComparison.Ordinal);
        Assert.Contains("failed", prompt.User, StringComparison.Ordinal);
        Assert.EndsWith("Answer with one JSON object.", prompt.User, StringComparison.Ordinal);
        Assert.Contains("Tools left out", Assert.Single(prompt.Dropped), StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_is_cut_at_its_own_limit_and_says_so()
    {
        var prompt = Template.Compose(new Dictionary<string, string> { ["item"] = "x", ["attempts"] = new string('a', 500) }, 4000);
        Assert.Contains("[cut here: ", prompt.User, StringComparison.Ordinal);
        Assert.Contains("Attempts cut by", Assert.Single(prompt.Dropped), StringComparison.Ordinal);
    }

    [Fact]
    public void A_prompt_whose_kept_part_is_too_large_is_refused_with_what_to_do() =>
        Assert.Equal("PromptTooLarge", Assert.Throws<ForgeException>(() => Template.Compose(new Dictionary<string, string> { ["item"] = new string('i', 900) }, 100)).Id);

    [Theory]
    [InlineData("## Role {keep}\nx", "line 1")]
    [InlineData("# user\n\n## Role\nx", "line 3")]
    [InlineData("# user\n\n## Role {keep}\n{{nobody}}", "nobody")]
    [InlineData("# user\n\n## Role {priority=1}\nx", "closing directive")]
    [InlineData("# system\n\n## Role {keep}\nx", "closing directive")]
    public void A_faulty_template_is_named_with_its_line(string text, string named)
    {
        var fault = Assert.Throws<ForgeException>(() => PromptTemplate.Parse("p.md", text, Places));
        Assert.Equal("PromptInvalid", fault.Id);
        Assert.Contains("p.md", fault.Message, StringComparison.Ordinal);
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_filled_in_is_never_taken_for_a_place_of_the_template()
    {
        var prompt = Template.Compose(new Dictionary<string, string> { ["item"] = "{{tools}}", ["tools"] = "secret tools" }, 4000);
        Assert.Contains("{{tools}}", prompt.User, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", prompt.User, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ModelRole.Worker)]
    [InlineData(ModelRole.Architect)]
    [InlineData(ModelRole.Reflector)]
    public void The_prompts_that_come_with_Forge_are_valid(ModelRole role)
    {
        var library = new PromptLibrary(new Skill { Name = "none", Title = "", Engine = "", Folder = "/nonexistent" });
        Assert.NotEmpty(library.For(role).Sections);
    }

    [Fact]
    public void No_prompt_is_larger_than_its_budget() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNull<string>>(), (tools, attempts) =>
        {
            var prompt = Template.Compose(new Dictionary<string, string> { ["item"] = "x", ["tools"] = tools.Get, ["attempts"] = attempts.Get }, 60);
            return TokenEstimate.Of(prompt.System) + TokenEstimate.Of(prompt.User) <= 60 + Template.Sections.Count && prompt.User.EndsWith("Answer with one JSON object.", StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
}
