using Forge.Core.Errors;

namespace Forge.Hardener.Data.Tests;

public sealed class LeakageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("forge-leakage-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Texts_that_differ_are_no_leak()
    {
        var (code, said) = Check([Line("a", "Title", "One text", "a check")], [Line("b", "Title", "Another text", "")]);

        Assert.Equal((0, "no held-out text is trained on\n"), (code, said));
    }

    [Fact]
    public void A_planted_description_fails_the_check_and_is_named_with_its_source()
    {
        var (code, said) = Check([Line("a", "Title", "One text", ""), Line("c", "x", "y", "")], [Line("b", "TITLE", " one\n\ttext ", ""), Line("d", "z", "z", "")]);

        Assert.Equal(1, code);
        Assert.Contains("b: its description is trained on with a\n", said, StringComparison.Ordinal);
        Assert.Contains("1 held-out rules", said, StringComparison.Ordinal);
        Assert.DoesNotContain("d:", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_planted_manual_check_fails_the_check()
    {
        var (code, said) = Check([Line("a", "x", "y", "Is it SO?")], [Line("b", "z", "z", "is it so?")]);

        Assert.Equal(1, code);
        Assert.Contains("b: its check is trained on with a", said, StringComparison.Ordinal);
    }

    [Fact]
    public void No_manual_check_is_no_text_that_two_rules_share() => Assert.Equal(0, Check([Line("a", "x", "y", "")], [Line("b", "z", "z", "")]).Code);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"id":"a"}""")]
    [InlineData("""{"id":"a","title":1,"description":"","check":""}""")]
    [InlineData("")]
    public void A_file_that_holds_no_rules_is_an_error_and_never_a_pass(string line)
    {
        var error = Assert.Throws<ForgeException>(() => Check([line], [Line("b", "z", "z", "")]));

        Assert.Equal("LeakageUnreadable", error.Id);
        Assert.Contains("train.jsonl", error.Message, StringComparison.Ordinal);
    }

    private (int Code, string Said) Check(string[] train, string[] held)
    {
        var (trainFile, heldFile) = (Path.Combine(_folder.FullName, "train.jsonl"), Path.Combine(_folder.FullName, "held.jsonl"));
        File.WriteAllLines(trainFile, train);
        File.WriteAllLines(heldFile, held);
        using var output = new StringWriter { NewLine = "\n" };
        return (LeakageCheck.Run(trainFile, heldFile, output), output.ToString());
    }

    private static string Line(string id, string title, string description, string check) =>
        System.Text.Json.JsonSerializer.Serialize(new { id, title, description, check });
}
