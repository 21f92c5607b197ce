using System.Diagnostics;
using Forge.Targets.Scripts;
using FsCheck;
using FsCheck.Fluent;

namespace Forge.Targets.Tests.Scripts;

public sealed class ShellQuoteTests
{
    [Fact]
    public void A_quoted_word_is_that_word_to_dash_and_to_bash() => Prop.ForAll<NonNull<string>[]>(words =>
    {
        var texts = words.Select(word => word.Get.Replace("\0", "", StringComparison.Ordinal)).Where(text => !text.Any(char.IsSurrogate)).ToArray();
        return Says("/bin/dash", texts) && Says("/bin/bash", texts);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Theory]
    [InlineData("")]
    [InlineData("'")]
    [InlineData("a'b'c")]
    [InlineData("-n")]
    [InlineData("$(touch /x) `y` ${z} \\ \" ! * ~ \n\t")]
    public void Known_traps_are_quoted(string word) => Assert.True(Says("/bin/dash", [word]) && Says("/bin/bash", [word]));

    [Fact]
    public void A_nul_is_refused() => Assert.Throws<ArgumentException>(() => ShellQuote.Word("a\0b"));

    private static bool Says(string shell, string[] words)
    {
        var info = new ProcessStartInfo(shell, ["-c", "printf '%s\\0' " + string.Join(' ', words.Append("end").Select(ShellQuote.Word))]) { RedirectStandardOutput = true };
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output == string.Concat(words.Append("end").Select(word => word + "\0"));
    }
}
