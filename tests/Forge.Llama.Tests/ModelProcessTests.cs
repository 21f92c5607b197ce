using System.Diagnostics;
using System.Runtime.InteropServices;
using Forge.Core.Errors;
using Forge.Testing.Gguf;
using Microsoft.Extensions.AI;

namespace Forge.Llama.Tests;

public sealed partial class ModelProcessTests : IDisposable
{
    private const int Kill = 9;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly ModelLab _lab = new();

    [Fact]
    public async Task A_killed_process_is_an_error_of_that_request_and_the_next_one_works()
    {
        await using var client = _lab.Client(new TinyGguf { Context = 100_000 }, o => o with { ContextTokens = 100_000 });
        var before = await client.GetResponseAsync("abc", ModelLab.Options(5));
        var pid = client.Status!.ProcessId;
        var stream = client.GetStreamingResponseAsync("abc", ModelLab.Options(90_000)).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await stream.MoveNextAsync());
        Assert.Equal(0, Signal(pid, Kill));
        var fault = await Assert.ThrowsAsync<ForgeException>(async () =>
        {
            while (await stream.MoveNextAsync())
            {
            }
        }).WaitAsync(Limit);
        Assert.Equal("ModelProcessEnded", fault.Id);
        Assert.Contains("SIGKILL", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before.Text, (await client.GetResponseAsync("abc", ModelLab.Options(5)).WaitAsync(Limit)).Text);
        Assert.NotEqual(pid, client.Status.ProcessId);
    }

    [Fact]
    public async Task A_file_cut_short_while_it_is_mapped_is_an_error_that_names_it()
    {
        var file = _lab.Model(new TinyGguf { Layers = 8, Weights = "F16", Vocabulary = 20_000 });
        await using var client = ModelLab.Client(file);
        await client.LoadAsync(TestContext.Current.CancellationToken);
        await using (var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            stream.SetLength(4096);
        }

        var fault = await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync("abc", ModelLab.Options(50)).WaitAsync(Limit));
        Assert.Equal("ModelProcessEnded", fault.Id);
        Assert.Contains("SIGBUS", fault.Message, StringComparison.Ordinal);
        Assert.Contains(file, fault.Message, StringComparison.Ordinal);
        Assert.Equal("ModelFileInvalid", (await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync("abc", ModelLab.Options(5)).WaitAsync(Limit))).Id);
    }

    [Fact]
    public async Task A_context_that_is_too_small_is_said_with_both_figures_and_nothing_is_dropped()
    {
        await using var client = _lab.Client(with: o => o with { ContextTokens = 256 });
        var fault = await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync(new string('a', 300), ModelLab.Options(10)));
        Assert.Equal("ModelContextExceeded", fault.Id);
        Assert.Contains("256 are available", fault.Message, StringComparison.Ordinal);
        var answer = await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync("a", ModelLab.Options(1000)));
        Assert.Equal("ModelContextExceeded", answer.Id);
        var open = await client.GetResponseAsync("a", new ChatOptions { Temperature = 0 });
        Assert.True(open.FinishReason == ChatFinishReason.Stop || open.Usage!.TotalTokenCount == 256, $"{open.FinishReason} after {open.Usage!.TotalTokenCount}");
    }

    [Fact]
    public async Task A_prompt_longer_than_a_batch_is_decoded_in_pieces()
    {
        await using var client = _lab.Client(new TinyGguf { Context = 4096 }, o => o with { ContextTokens = 4096 });
        var text = string.Concat(Enumerable.Range(0, 600).Select(i => $"{i:X4} "));
        var cold = await client.GetResponseAsync(text, ModelLab.Options(10));
        var warm = await client.GetResponseAsync(text, ModelLab.Options(10));
        Assert.True(cold.Usage!.InputTokenCount > 3000);
        Assert.Equal(cold.Text, warm.Text);
    }

    [Fact]
    public async Task A_cancelled_request_stops_at_once_and_gives_its_sequence_back()
    {
        await using var client = _lab.Client(new TinyGguf { Context = 200_000 }, o => o with { ContextTokens = 200_000, Parallel = 1 });
        using var cancel = new CancellationTokenSource();
        var count = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("abc", ModelLab.Options(190_000), cancel.Token))
            {
                if (++count == 20)
                {
                    await cancel.CancelAsync();
                }
            }
        }).WaitAsync(Limit);
        var clock = Stopwatch.StartNew();
        var next = await client.GetResponseAsync("abc", ModelLab.Options(3)).WaitAsync(Limit);
        Assert.Equal(3, next.Usage!.OutputTokenCount);
        // The one sequence holds what the cancelled request had computed until then: not much, or it would have gone on.
        Assert.True(clock.Elapsed < Limit);
        Assert.True(next.Usage.CachedInputTokenCount > 0);
    }

    [Fact]
    public async Task A_long_prompt_is_broken_off_too()
    {
        await using var client = _lab.Client(new TinyGguf { Width = 512, Layers = 8, FeedForward = 2048, Context = 30_000 }, o => o with { ContextTokens = 30_000, Parallel = 1 });
        await client.LoadAsync(TestContext.Current.CancellationToken);
        using var cancel = new CancellationTokenSource();
        var text = string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i:X4} "));
        var request = client.GetResponseAsync(text, ModelLab.Options(2), cancel.Token);
        cancel.CancelAfter(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request).WaitAsync(Limit);
        var next = await client.GetResponseAsync("abc", ModelLab.Options(2)).WaitAsync(Limit);
        Assert.Equal(2, next.Usage!.OutputTokenCount);
        Assert.True((double)next.AdditionalProperties![LlamaProperties.QueueMs]! < 5000);
    }

    [Fact]
    public async Task Weights_that_are_no_numbers_are_said_so()
    {
        await using var client = _lab.Client(new TinyGguf { IsNan = true });
        var fault = await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync("abc", ModelLab.Options(5)));
        Assert.Equal("ModelNotNumbers", fault.Id);
    }

    [Fact]
    public async Task Layers_on_a_gpu_without_a_runtime_for_one_are_an_error_and_never_the_processor()
    {
        await using var automatic = _lab.Client(with: o => o with { GpuLayers = 2 });
        var missing = await Assert.ThrowsAsync<ForgeException>(() => automatic.GetResponseAsync("abc", ModelLab.Options(5)));
        Assert.Contains(missing.Id, new[] { "ModelRuntimeMissing", "ModelGpuMissing" });
        Assert.Equal("ModelOptionInvalid", Assert.Throws<ForgeException>(() => _lab.Client(with: o => o with { GpuLayers = 2, Backend = ModelBackend.Cpu })).Id);
    }

    [Fact]
    public async Task Closing_the_client_ends_the_process()
    {
        var client = _lab.Client();
        var pid = (await client.LoadAsync(TestContext.Current.CancellationToken)).ProcessId;
        Assert.True(ModelLab.IsAlive(pid));
        await client.DisposeAsync();
        Assert.False(ModelLab.IsAlive(pid));
    }

    [Fact]
    public async Task The_parents_death_ends_the_process()
    {
        // A shell stands between: it is killed, so the child's parent is gone, while this test still holds the pipe open.
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exec 3<&0; {Environment.ProcessPath} {ModelProcessLauncher.WorkerArgument} <&3 & echo $!; wait"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        var pid = int.Parse((await shell.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, System.Globalization.CultureInfo.InvariantCulture);
        // Its first answer, to a call that needs a model which it has not: from then on it watches its parent.
        await shell.StandardInput.WriteLineAsync("""{"op":"adapters","id":1,"adapters":[]}""");
        await shell.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Contains("ModelNotLoaded", await shell.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(ModelLab.IsAlive(pid));
        Assert.Equal(0, Signal(shell.Id, Kill));
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        while (ModelLab.IsAlive(pid) && clock.Elapsed < Limit)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.False(ModelLab.IsAlive(pid));
    }

    [Fact]
    public async Task Forge_itself_is_the_child_under_forge()
    {
        var forge = Environment.GetEnvironmentVariable("FORGE_EXE");
        Assert.SkipUnless(File.Exists(forge), "FORGE_EXE does not name the built forge");
        Assert.Equal(await AnswerAsync(ModelLab.Launcher), await AnswerAsync(ModelProcessLauncher.ForProgram(forge!)));
    }

    [Fact]
    public async Task PowerShell_is_the_child_under_PowerShell()
    {
        var module = Environment.GetEnvironmentVariable("FORGE_MODULE");
        var powerShell = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(f => Path.Combine(f, "pwsh")).FirstOrDefault(File.Exists);
        Assert.SkipUnless(powerShell is not null, "pwsh is not on PATH");
        var assembly = Path.Combine(module ?? "", "lib", "Forge.Llama.dll");
        assembly = File.Exists(assembly) ? assembly : typeof(LlamaChatClient).Assembly.Location;
        Assert.Equal(await AnswerAsync(ModelLab.Launcher), await AnswerAsync(ModelProcessLauncher.ForPowerShell(powerShell!, assembly)));
    }

    [Fact]
    public async Task The_parent_loads_no_native_library_of_the_model()
    {
        await using var client = _lab.Client();
        await client.GetResponseAsync("abc", ModelLab.Options(3));
        Assert.DoesNotContain(await File.ReadAllLinesAsync("/proc/self/maps", TestContext.Current.CancellationToken), l => l.Contains("libllama", StringComparison.Ordinal) || l.Contains("libggml", StringComparison.Ordinal));
    }

    public void Dispose() => _lab.Dispose();

    private async Task<string> AnswerAsync(ModelProcessLauncher launcher)
    {
        await using var client = new LlamaChatClient(new LlamaModelOptions { ModelFile = _lab.Model() }, ModelLab.Runtime with { Launcher = launcher });
        return (await client.GetResponseAsync("abc", ModelLab.Options(20))).Text;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int pid, int signal);
}
