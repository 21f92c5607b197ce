using System.Diagnostics;

namespace Forge.Core.Tests.Skills;

/// <summary>The scripts of the skills that come with Forge.</summary>
public sealed class SkillScriptTests
{
    [Fact]
    public void Scripts_are_clean_for_shellcheck()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/shellcheck"), "shellcheck is not installed");
        var scripts = Directory.GetFiles(Path.Combine(FindRoot(), "skills"), "*.sh", SearchOption.AllDirectories);
        Assert.NotEmpty(scripts);

        Assert.Equal("", Say("/usr/bin/shellcheck", ["--shell=sh", .. scripts]));
    }

    [Theory]
    [InlineData("actions/filesystems.sh", "BOOT", 1)]
    [InlineData("fixes/quick-ucf.sh", "END", 4)]
    public void What_a_script_writes_to_run_later_is_a_script_too(string script, string end, int count)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/shellcheck"), "shellcheck is not installed");
        string[] later = [.. File.ReadAllText(Path.Combine(FindRoot(), "skills", "stig", script)).Split($"<<'{end}'\n").Skip(1).Select(t => t.Split($"\n{end}\n")[0])];
        Assert.Equal(count, later.Length);
        foreach (var text in later)
        {
            var file = Path.GetTempFileName();
            try
            {
                File.WriteAllText(file, text + "\n");

                Assert.Equal("", Say("/usr/bin/shellcheck", ["--shell=sh", file]));
            }
            finally
            {
                File.Delete(file);
            }
        }
    }

    private static string Say(string tool, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    internal static string FindRoot()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "build.cs")))
        {
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("the repository's root was not found");
        }

        return at;
    }
}
