using System.Diagnostics;
using Forge.Targets.Operations;

namespace Forge.Targets.Tests.Operations;

public sealed class HostScriptTests
{
    [Theory]
    [InlineData("/bin/dash")]
    [InlineData("/bin/bash")]
    public async Task Every_shell_can_read_it(string shell) => Assert.Equal("", await Says(shell, "-n"));

    [Fact]
    public async Task Shellcheck_has_nothing_to_say()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/shellcheck"), "shellcheck is not installed");
        Assert.Equal("", await Says("/usr/bin/shellcheck"));
    }

    private static async Task<string> Says(string tool, params string[] options)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("forge-script-").FullName, "host.sh");
        await File.WriteAllBytesAsync(path, HostScript.Bytes, TestContext.Current.CancellationToken);
        using var process = Process.Start(new ProcessStartInfo(tool, [.. options, path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        return await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await error;
    }
}
