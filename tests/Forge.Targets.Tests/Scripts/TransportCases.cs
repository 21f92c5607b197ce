using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Forge.Core.Errors;
using Forge.Core.Targets;

namespace Forge.Targets.Tests.Scripts;

/// <summary>What every transport must do; run over ssh and on this machine.</summary>
public abstract class TransportCases
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    protected abstract ITarget Target { get; }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(124)]
    [InlineData(128)]
    [InlineData(255)]
    public async Task The_exit_code_is_the_scripts(int code)
    {
        var result = await Run($"exit {code}");
        Assert.Equal(code, result.ExitCode);
        Assert.Equal(code == 0, result.Succeeded);
        Assert.Null(result.Signal);
        Assert.False(result.TimedOut || result.ConnectionLost);
    }

    [Fact]
    public async Task A_command_killed_by_a_signal_is_a_failure()
    {
        var result = await Run("kill -KILL $$");
        Assert.Null(result.ExitCode);
        Assert.Equal("KILL", result.Signal);
        Assert.False(result.Succeeded);
    }

    [Fact]
    public async Task Output_and_error_stay_apart()
    {
        var result = await Run("printf out; printf err >&2");
        Assert.Equal("out", result.Output);
        Assert.Equal("err", result.Error);
    }

    [Fact]
    public async Task What_the_script_runs_sees_an_empty_standard_input()
    {
        var result = await Run("cat; if read -r line; then echo got \"$line\"; else echo eof; fi; cat\necho end");
        Assert.Equal("eof\nend\n", result.Output);
    }

    [Fact]
    public async Task Standard_input_is_what_was_given()
    {
        var bytes = Encoding.UTF8.GetBytes("a 'quoted' line\n\0binary\u00e9");
        var result = await Target.RunAsync(new CommandRequest { Script = "cat; echo end >&2", StandardInput = bytes }, Now);
        Assert.Equal(Encoding.UTF8.GetString(bytes), result.Output);
        Assert.Equal("end\n", result.Error);
        Assert.True((await Target.RunAsync(new CommandRequest { Script = "exit 0", StandardInput = new byte[3_000_000] }, Now)).Succeeded);
        Assert.Equal("0\n", (await Target.RunAsync(new CommandRequest { Script = "wc -c", StandardInput = Array.Empty<byte>() }, Now)).Output);
    }

    [Theory]
    [InlineData("printf '%s\\n' 'it'\"'\"'s \"q\" `echo b` $((1+1)) \\\\ !x %s'", "it's \"q\" `echo b` $((1+1)) \\\\ !x %s\n")]
    [InlineData("echo \u00e4\u00df\u4e2d\U0001f680", "\u00e4\u00df\u4e2d\U0001f680\n")]
    [InlineData("cat <<'E'\n$x `y` \\\nE\necho z", "$x `y` \\\nz\n")]
    [InlineData("cat <<E\nnever closed\n", "never closed\n")]
    [InlineData("echo a\n\n\n", "a\n")]
    [InlineData("", "")]
    [InlineData("printf '\\001\\177'; echo \u0001\u0081\u0088", "\u0001\u007f\u0001\u0081\u0088\n")]
    [InlineData("echo x\r", "x\r\n")]
    [InlineData("\n\n# nothing\n\n", "")]
    public async Task Any_text_is_a_script(string script, string output)
    {
        var result = await Run(script);
        Assert.Equal(output, result.Output);
        var bash = await Target.RunAsync(new CommandRequest { Script = script, Interpreter = "/bin/bash" }, Now);
        Assert.Equal(output, bash.Output);
    }

    [Fact]
    public async Task A_script_may_be_long()
    {
        var script = string.Concat(Enumerable.Range(0, 20_000).Select(n => $": line {n} of a long script\n")) + "echo end; exit 7";
        var result = await Run(script);
        Assert.Equal("end\n", result.Output);
        Assert.Equal(7, result.ExitCode);
    }

    [Fact]
    public async Task The_environment_reaches_the_script()
    {
        var request = new CommandRequest { Script = "printf '%s' \"$FORGE_X\"", Environment = new Dictionary<string, string> { ["FORGE_X"] = "a'b \"c\"\n$d" } };
        Assert.Equal("a'b \"c\"\n$d", (await Target.RunAsync(request, Now)).Output);
    }

    [Fact]
    public async Task What_is_over_the_limit_is_counted_and_dropped()
    {
        var result = await Target.RunAsync(new CommandRequest { Script = "head -c 1000000 /dev/zero; head -c 300 /dev/zero >&2", MaxOutputBytes = 100 }, Now);
        Assert.Equal(100, result.Output.Length);
        Assert.Equal(999_900, result.OutputDropped);
        Assert.Equal(200, result.ErrorDropped);
        Assert.True(result.Succeeded);
    }

    [Fact]
    public async Task The_time_limit_ends_the_whole_tree()
    {
        var mark = Probe.NewMark();
        var clock = Stopwatch.StartNew();
        var result = await Target.RunAsync(
            new CommandRequest { Script = $"echo begun; (trap '' TERM; sleep {mark}) & sleep {mark}; wait", Timeout = TimeSpan.FromSeconds(1) }, Now);
        Assert.True(result.TimedOut);
        Assert.False(result.Succeeded);
        Assert.Null(result.ExitCode);
        Assert.Equal("begun\n", result.Output);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.9, 9);
        await Probe.GoneAsync(mark);
    }

    [Fact]
    public async Task A_script_that_ignores_signals_is_ended_too()
    {
        var mark = Probe.NewMark();
        var request = new CommandRequest { Script = $"trap '' TERM HUP INT; sleep {mark} & sleep {mark}; sleep {mark}", Timeout = TimeSpan.FromSeconds(1) };
        var result = await Target.RunAsync(request, Now);
        Assert.True(result.TimedOut);
        await Probe.GoneAsync(mark);
        var withInput = await Target.RunAsync(request with { StandardInput = new byte[] { 1 } }, Now);
        Assert.True(withInput.TimedOut);
        await Probe.GoneAsync(mark);
    }

    [Fact]
    public async Task A_script_that_signals_its_own_group_is_reported_as_ended_by_that_signal()
    {
        var result = await Run("echo begun; kill -TERM 0; sleep 20");
        Assert.Equal("TERM", result.Signal);
        Assert.Equal("begun\n", result.Output);
        Assert.False(result.TimedOut || result.ConnectionLost);
    }

    [Fact]
    public async Task Cancellation_ends_the_far_process()
    {
        var mark = Probe.NewMark();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Now);
        var running = Target.RunAsync(new CommandRequest { Script = $"sleep {mark}" }, cancel.Token);
        await Probe.SeenAsync(mark);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Probe.GoneAsync(mark);
        Assert.True((await Run("true")).Succeeded);
    }

    [Fact]
    public async Task Something_left_in_the_background_does_not_hold_the_result_back()
    {
        var clock = Stopwatch.StartNew();
        var result = await Run("sleep 20 & echo done");
        Assert.Equal("done\n", result.Output);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    public async Task Files_travel_unchanged(int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        var path = Path.Combine(Directory.CreateTempSubdirectory("forge-file-").FullName, "it's a file");
        await Target.UploadAsync(new FileUpload(path, new MemoryStream(bytes)) { Mode = 0x1ED, Elevation = Elevation.Sudo }, Now);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path, Now));
        Assert.Equal((UnixFileMode)0x1ED, File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        using var back = new MemoryStream();
        Assert.Equal(size, await Target.DownloadAsync(new FileDownload(path, back), Now));
        Assert.Equal(bytes, back.ToArray());
    }

    [Fact]
    public async Task A_file_of_50_MB_streams()
    {
        var folder = Directory.CreateTempSubdirectory("forge-file-").FullName;
        var (from, to, back) = (Path.Combine(folder, "a"), Path.Combine(folder, "b"), Path.Combine(folder, "c"));
        await using (var make = File.Create(from))
        {
            // What is counted below is counted for the whole process, where the other transports run the same at the same time.
            var block = new byte[1 << 16];
            for (var n = 0; n < 50 * 16; n++)
            {
                RandomNumberGenerator.Fill(block);
                await make.WriteAsync(block, Now);
            }
        }

        var before = GC.GetTotalAllocatedBytes();
        await using (var source = File.OpenRead(from))
        {
            await Target.UploadAsync(new FileUpload(to, source), Now);
        }

        await using (var sink = File.Create(back))
        {
            await Target.DownloadAsync(new FileDownload(to, sink), Now);
        }

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 20 << 20);
        Assert.Equal(await HashAsync(from), await HashAsync(back));
        Directory.Delete(folder, true);

        static async Task<byte[]> HashAsync(string path)
        {
            await using var file = File.OpenRead(path);
            return await SHA256.HashDataAsync(file, Now);
        }
    }

    [Fact]
    public async Task File_errors_have_their_ids()
    {
        using var sink = new MemoryStream();
        var missing = await Assert.ThrowsAsync<ForgeException>(() => Target.DownloadAsync(new FileDownload("/nowhere/at all", sink), Now));
        Assert.Equal("TargetDownloadFailed", missing.Id);
        var large = await Assert.ThrowsAsync<ForgeException>(() => Target.DownloadAsync(new FileDownload("/bin/sh", sink) { MaxBytes = 10 }, Now));
        Assert.Equal("TargetDownloadTooLarge", large.Id);
        var upload = await Assert.ThrowsAsync<ForgeException>(() => Target.UploadAsync(new FileUpload("/nowhere/at/all", new MemoryStream([1])), Now));
        Assert.Equal("TargetUploadFailed", upload.Id);
    }

    protected Task<CommandResult> Run(string script) => Target.RunAsync(new CommandRequest { Script = script }, Now);
}
