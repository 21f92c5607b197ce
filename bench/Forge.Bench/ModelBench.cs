using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Forge.Core.Statistics;
using Forge.Llama;
using Forge.Llama.Runtime;
using Forge.Testing.Gguf;
using Microsoft.Extensions.AI;

namespace Forge.Bench;

/// <summary>
/// A generated model of 134 million random weights (Q8_0): Forge's client, with its child process and the stream across the boundary, against llama.cpp's own
/// bench on the same libraries, file and threads, in turns. Then what the cache saves, and what two requests at once give.
/// </summary>
internal sealed class ModelBench
{
    private const int Prompt = 512;
    private const int Generated = 128;
    private const int LongPrompt = 1500;
    private const int Added = 50;
    private const double Wanted = 0.97;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private int _asked;

    /// <summary>Runs it and writes the figures of docs.</summary>
    /// <returns>0 where generation and prompt reach the wanted share of the peer's speed, else 1.</returns>
    public async Task<int> RunAsync(string resultFile, int rounds)
    {
        var cache = Environment.GetEnvironmentVariable("FORGE_CACHE") is { Length: > 0 } given ? given : Path.Combine(Path.GetTempPath(), "forge-bench-cache");
        var installer = new ModelRuntimeInstaller(Path.Combine(cache, "model-runtime"));
        var peer = await LlamaPeer.BuildAsync(installer);
        var file = Model(cache);
        await using var client = new LlamaChatClient(
            new LlamaModelOptions { ModelFile = file, ContextTokens = 2048 },
            new ModelRuntimeOptions { Folder = Path.Combine(cache, "model-runtime"), Launcher = ModelProcessLauncher.ForProgram(Environment.ProcessPath!) });
        var status = await client.LoadAsync();
        Console.WriteLine($"model: {status.Parameters / 1_000_000} M parameters, {status.Size / 1_000_000} MB, {status.Threads} thread(s) of {Environment.ProcessorCount} processors; "
            + (status.Gpus.Count == 0 ? "no GPU here: processor only" : $"GPUs: {string.Join(", ", status.Gpus)} (not used)"));
        await SpeedAsync(client);
        var (ours, theirs) = (new List<ModelSpeed>(), new List<ModelSpeed>());
        for (var round = 0; round < rounds; round++)
        {
            theirs.Add(peer.Run(file, Prompt, Generated, status.Threads));
            ours.Add(await SpeedAsync(client));
        }

        var prompt = Median.Of(ours.Zip(theirs, (o, t) => o.Prompt / t.Prompt));
        var generation = Median.Of(ours.Zip(theirs, (o, t) => o.Generation / t.Generation));
        Say("prompt", ours.Select(o => o.Prompt), theirs.Select(t => t.Prompt), prompt);
        Say("generation", ours.Select(o => o.Generation), theirs.Select(t => t.Generation), generation);
        var (cold, warm, cached) = await ReuseAsync(client);
        Console.WriteLine($"model: {LongPrompt} + {Added} tokens: {cold:0} ms cold, {warm:0} ms with {cached} tokens from the cache, {cold / warm:0.0} times faster");
        var two = await TwoAsync(client, Median.Of(ours.Select(o => o.Generation)));
        var figures = new
        {
            parameters = status.Parameters, threads = status.Threads, gpus = status.Gpus, loadMs = status.LoadTime.TotalMilliseconds,
            rounds, ours, theirs, promptRatio = prompt, generationRatio = generation, reuse = new { cold, warm, cached }, twoSequences = two,
        };
        await File.WriteAllTextAsync(resultFile, JsonSerializer.Serialize(figures, Indented));
        return prompt >= Wanted && generation >= Wanted ? 0 : 1;
    }

    private static string Model(string cache)
    {
        var file = Path.Combine(cache, "model-bench", "random-134m-q8_0.gguf");
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            new TinyGguf { Width = 768, Layers = 12, FeedForward = 2048, Vocabulary = 32_000, Context = 4096, Weights = "Q8_0" }.Write(file + ".new");
            File.Move(file + ".new", file);
        }

        return file;
    }

    private async Task<ModelSpeed> SpeedAsync(LlamaChatClient client)
    {
        var prompt = await client.GetResponseAsync(Text(Prompt), Options(1));
        var input = prompt.Usage!.InputTokenCount!.Value - prompt.Usage.CachedInputTokenCount!.Value;
        var (tokens, time) = await GenerateAsync(client);
        return new ModelSpeed(input / Milliseconds(prompt, LlamaProperties.PromptMs) * 1000, tokens / time.TotalSeconds);
    }

    // From the call to the last piece, as a caller sees it: the way to the child, its one prompt step and the way back are in it.
    private async Task<(long Tokens, TimeSpan Time)> GenerateAsync(LlamaChatClient client)
    {
        var clock = Stopwatch.StartNew();
        long tokens = 0;
        await foreach (var update in client.GetStreamingResponseAsync(Text(2), Options(Generated)))
        {
            tokens = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details.OutputTokenCount ?? tokens;
        }

        return (tokens, clock.Elapsed);
    }

    private async Task<(double Cold, double Warm, long Cached)> ReuseAsync(LlamaChatClient client)
    {
        var text = Text(LongPrompt);
        var cold = await client.GetResponseAsync(text + Text(Added), Options(1));
        var warm = await client.GetResponseAsync(text + Text(Added), Options(1));
        return (Milliseconds(cold, LlamaProperties.PromptMs), Milliseconds(warm, LlamaProperties.PromptMs), warm.Usage!.CachedInputTokenCount!.Value);
    }

    private async Task<object> TwoAsync(LlamaChatClient client, double single)
    {
        var clock = Stopwatch.StartNew();
        var both = await Task.WhenAll(GenerateAsync(client), GenerateAsync(client));
        var together = both.Sum(b => b.Tokens) / clock.Elapsed.TotalSeconds;
        Console.WriteLine($"model: two requests at once: {together:0} tokens/s together, {together / single:0.00} times one alone");
        return new { tokensPerSecond = together, ratio = together / single };
    }

    // Another text each time, so that nothing comes from the cache unless it is meant to; a byte is a token here, and the begin token is one more.
    private string Text(int tokens) => string.Create(CultureInfo.InvariantCulture, $"{++_asked % 9}{_asked:X6}").PadRight(tokens, 'x')[..(tokens - 1)];

    private static ChatOptions Options(int tokens) => new() { MaxOutputTokens = tokens, Temperature = 0, AdditionalProperties = new() { [LlamaProperties.Raw] = true } };

    private static double Milliseconds(ChatResponse response, string name) => (double)response.AdditionalProperties![name]!;

    private static void Say(string what, IEnumerable<double> ours, IEnumerable<double> theirs, double ratio) =>
        Console.WriteLine($"model: {what}: Forge {Median.Of(ours):0.0} tokens/s, llama.cpp's bench {Median.Of(theirs):0.0}; median of the ratios {ratio:0.000} (wanted {Wanted:0.00})");
}
