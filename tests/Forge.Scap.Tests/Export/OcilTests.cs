using System.Text;
using Forge.Scap.Export;
using Forge.Scap.Reading;

namespace Forge.Scap.Tests.Export;

public sealed class OcilTests
{
    private const string Reference = """<ds:component-ref id="scap_org.forge_cref_ocil" xlink:href="#scap_org.forge_comp_ocil"/>""";

    private const string Component = """
        <ds:component id="scap_org.forge_comp_ocil" timestamp="2026-01-02T03:04:05"><ocil xmlns="http://scap.nist.gov/schema/ocil/2.0">
          <questionnaires>
            <questionnaire id="ocil:forge:questionnaire:1"><title>t</title><actions><test_action_ref>ocil:forge:testaction:1</test_action_ref></actions></questionnaire>
            <questionnaire id="ocil:forge:questionnaire:2"><title>t</title><actions><test_action_ref>ocil:forge:testaction:lost</test_action_ref></actions></questionnaire>
          </questionnaires>
          <test_actions>
            <boolean_question_test_action id="ocil:forge:testaction:1" question_ref="ocil:forge:question:1"><when_true><result>PASS</result></when_true></boolean_question_test_action>
          </test_actions>
          <questions>
            <boolean_question id="ocil:forge:question:1"><question_text>Is the user &lt;sub idref="user" /&gt; there?
              $ getent passwd &lt;b&gt;</question_text></boolean_question>
          </questions>
        </ocil></ds:component>
        """;

    [Fact]
    public void A_question_is_found_through_questionnaire_and_test_action()
    {
        var mini = Fixtures.Mini();
        var questions = Read(Fixtures.MiniText);

        Assert.Null(questions.Find(mini.RulesById[Fixtures.Rule + "root_user"]));

        questions = Read(WithOcil);
        var text = questions.Find(mini.RulesById[Fixtures.Rule + "root_user"])!;
        Assert.StartsWith("Is the user <sub idref=\"user\" /> there?\n", text, StringComparison.Ordinal);
        Assert.EndsWith("$ getent passwd <b>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_that_leads_nowhere_is_no_text()
    {
        var mini = Fixtures.Mini();

        Assert.Null(Read(WithOcil).Find(mini.RulesById[Fixtures.Rule + "by_hand"]));
        Assert.Null(Read(WithOcil).Find(mini.RulesById[Fixtures.Rule + "shell"]));
    }

    [Fact]
    public void Values_that_stand_as_text_are_filled_in_and_unknown_ones_show_their_names()
    {
        Assert.Equal("is root or {b}", OcilQuestions.Fill("""is <sub idref="a" /> or <xccdf-1.2:sub idref="b" use="legacy"/>""", name => name == "a" ? "root" : null));
        Assert.Equal("a < b", OcilQuestions.Fill("a < b", _ => "never"));
    }

    [Fact]
    public void A_stream_that_is_cut_off_is_refused() =>
        Assert.Throws<ScapFormatException>(() => Read(WithOcil[..WithOcil.IndexOf("</ds:data-stream-collection>", StringComparison.Ordinal)]));

    private static string WithOcil => Fixtures.MiniText
        .Replace("</ds:checks>", Reference + "</ds:checks>", StringComparison.Ordinal)
        .Replace("""<cat:uri name="elsewhere.xml" """, """<cat:uri name="ocil.xml" uri="#scap_org.forge_cref_ocil"/><cat:uri name="elsewhere.xml" """, StringComparison.Ordinal)
        .Replace("</ds:data-stream-collection>", Component + "</ds:data-stream-collection>", StringComparison.Ordinal);

    private static OcilQuestions Read(string text) => OcilQuestions.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "text.xml");
}
