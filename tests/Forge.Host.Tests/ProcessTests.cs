using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Forge.Host.Tests;

public class ProcessTests
{
    /// <summary>So that there is an object to write.</summary>
    private const string OneTarget = "FORGE_HOME=$(mktemp -d); export FORGE_HOME; \"$FORGE\" New-ForgeTarget web01 -HostName 192.0.2.1 -Confirm:false >/dev/null; ";

    private static readonly string Forge = Path.Combine(AppContext.BaseDirectory, "forge");

    [Fact]
    public void Commands_in_turn_write_into_one_file()
    {
        (int code, string text) = Shell("f=$(mktemp); { \"$FORGE\" --version; \"$FORGE\" --list; \"$FORGE\" --version; } >\"$f\"; cat \"$f\"; rm \"$f\"");
        Assert.Equal(0, code);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("forge ", lines[0], StringComparison.Ordinal);
        Assert.Equal(lines[0], lines[^1]);
        Assert.True(lines.Length > 3, text);
    }

    [Fact]
    public void It_runs_from_any_folder_and_through_a_link()
    {
        (int code, string text) = Shell("d=$(mktemp -d); ln -s \"$FORGE\" \"$d/forge\"; cd \"$d\"; ./forge --version; rm -r \"$d\"");
        Assert.Equal(0, code);
        Assert.StartsWith("forge ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-ForgeNothing", 2)]
    [InlineData("--help", 0)]
    [InlineData("", 2)]
    public void The_exit_code_is_that_of_the_tour(string arguments, int code)
        => Assert.Equal(code, Shell($"\"$FORGE\" {arguments} >/dev/null 2>&1").Code);

    [Theory]
    [InlineData("Invoke-ForgeCommand -?", 0)]
    [InlineData("--help", 0)]
    [InlineData("--list", 0)]
    [InlineData("Get-ForgeTarget 'web*'", 141)]
    public void A_reader_that_has_gone_ends_it_quietly(string arguments, int code)
    {
        // The pipe has no reader before the command starts: nothing depends on who is faster.
        (int ended, string said) = Shell($"{OneTarget}d=$(mktemp -d); mkfifo \"$d/p\"; exec 3<>\"$d/p\" 4>\"$d/p\" 3<&-; \"$FORGE\" {arguments} 2>&1 >&4; code=$?; rm -r \"$d\" \"$FORGE_HOME\"; exit $code");
        Assert.Equal("", said);
        Assert.Equal(code, ended);
    }

    [Theory]
    [InlineData("--list")]
    [InlineData("Get-ForgeTarget 'web*'")]
    public void A_full_disk_is_an_error_and_not_a_reader_that_has_gone(string arguments)
    {
        (int code, string said) = Shell($"{OneTarget}\"$FORGE\" {arguments} 2>&1 >/dev/full; code=$?; rm -r \"$FORGE_HOME\"; exit $code");
        Assert.Contains("No space left on device", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", said, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    private static (int Code, string Out) Shell(string script)
    {
        Assert.SkipUnless(RuntimeInformation.IsOSPlatform(OSPlatform.Linux), "a POSIX shell is needed");
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["FORGE"] = Forge;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text);
    }
}
