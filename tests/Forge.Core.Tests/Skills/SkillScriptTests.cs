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

    [Fact]
    public void What_an_action_writes_to_run_later_is_a_script_too()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/shellcheck"), "shellcheck is not installed");
        var text = File.ReadAllText(Path.Combine(FindRoot(), "skills", "stig", "actions", "filesystems.sh"));
        var later = text.Split("<<'BOOT'\n")[1].Split("\nBOOT\n")[0];
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, later + "\n");

            Assert.Equal("", Say("/usr/bin/shellcheck", ["--shell=sh", file]));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Say(string tool, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private static string FindRoot()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "build.cs")))
        {
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("the repository's root was not found");
        }

        return at;
    }
}
