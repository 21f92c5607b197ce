using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Forge.Core.Proposals;
using Forge.Core.Proposals.HeldOut;
using Forge.Core.Statistics;
using Forge.Llama;
using Forge.Models.Hardening;
using Microsoft.Extensions.AI;

namespace Forge.Bench;

/// <summary>
/// The small model as a run uses it, in the child process of llama.cpp on one thread: from nothing to the first proposal, tokens a second, an answer's time, memory.
/// </summary>
/// <param name="folder">Folder of the model.</param>
/// <param name="runtimes">Folder of the installed runtimes of models.</param>
internal sealed class HardenerBench(string folder, string runtimes)
{
    private const int Passes = 5;
    private const int MostTokens = 160;
    private const double WantedSeconds = 0.5;
    private const double WantedTokens = 1000;
    private const double MostMegabytes = 150;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Runs it and writes the figures.</summary>
    /// <param name="resultFile">JSON file for the figures.</param>
    /// <param name="rounds">How many times the process is started.</param>
    /// <param name="launchers">How the process is started: a name for people, and how.</param>
    /// <returns>0 where the first launcher reaches what is wanted, else 1.</returns>
    public async Task<int> RunAsync(string resultFile, int rounds, IReadOnlyList<(string Name, ModelProcessLauncher Launcher)> launchers)
    {
        var model = HardenerFolder.Read(folder, true);
        var texts = HeldOutReader.Read(Path.Combine(folder, HardenerFolder.HeldOutFile)).Rules;
        var (tokens, milliseconds, memory, asked) = await AnswerAsync(model, launchers[0].Launcher, texts);
        var speeds = await SpeedsAsync(model, launchers[0].Launcher, texts);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"hardener: {Median.Of(speeds):0} tokens/s generated on one thread, no grammar ({speeds.Min():0} to {speeds.Max():0}, median of {Passes} passes; wanted {WantedTokens}); {tokens:0} with the answers under the grammar; {milliseconds:0} ms an answer (median of {texts.Count} texts, whatever it took); {memory:0} MB resident at most (wanted {MostMegabytes})"));
        var starts = new Dictionary<string, double>();
        foreach (var (name, launcher) in launchers)
        {
            var seconds = new List<double>();
            for (var round = 0; round < rounds; round++)
            {
                seconds.Add(await StartAsync(model, launcher, asked));
            }

            starts[name] = Median.Of(seconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"hardener: {name}: {starts[name]:0.000} s from no process to the first proposal ({seconds.Min():0.000} to {seconds.Max():0.000}, median of {rounds} starts; wanted {WantedSeconds})"));
        }

        await File.WriteAllTextAsync(resultFile, JsonSerializer.Serialize(new { model.Sha256, rounds, firstProposalSeconds = starts, tokensPerSecond = speeds, withGrammar = tokens, answerMs = milliseconds, residentMb = memory }, Indented));
        return starts[launchers[0].Name] < WantedSeconds && Median.Of(speeds) >= WantedTokens && memory < MostMegabytes ? 0 : 1;
    }

    private async Task<double> StartAsync(HardenerModel model, ModelProcessLauncher launcher, HeldOutRule rule)
    {
        var start = Stopwatch.GetTimestamp();
        await using var client = Open(model, launcher);
        using var proposer = new SmallModelProposer(client);
        var proposal = await proposer.ProposeAsync(rule.Text, CancellationToken.None);
        return proposal is null ? throw new InvalidOperationException($"the model proposes nothing any more for {rule.Id}") : Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private async Task<(double Tokens, double Milliseconds, double Megabytes, HeldOutRule Answered)> AnswerAsync(HardenerModel model, ModelProcessLauncher launcher, IReadOnlyList<HeldOutRule> texts)
    {
        await using var client = Open(model, launcher);
        using var proposer = new SmallModelProposer(client);
        var (times, answered) = (new List<double>(), (HeldOutRule?)null);
        foreach (var rule in texts)
        {
            var start = Stopwatch.GetTimestamp();
            answered = await proposer.ProposeAsync(rule.Text, CancellationToken.None) is null ? answered : answered ?? rule;
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return (proposer.Spent.Output / proposer.Spent.GenerationSeconds, Median.Of(times), PeakMegabytes(client.Status!.ProcessId), answered ?? throw new InvalidOperationException("the model proposes nothing for any text"));
    }

    /// <summary>Tokens a second of plain greedy answers, a figure a pass over all texts.</summary>
    private async Task<IReadOnlyList<double>> SpeedsAsync(HardenerModel model, ModelProcessLauncher launcher, IReadOnlyList<HeldOutRule> texts)
    {
        await using var client = Open(model, launcher);
        var speeds = new List<double>();
        for (var pass = 0; pass < Passes; pass++)
        {
            var (tokens, milliseconds) = (0L, 0.0);
            foreach (var rule in texts)
            {
                var response = await client.GetResponseAsync(
                    [new ChatMessage(ChatRole.User, HardenerPrompt.Of(rule.Text))], new ChatOptions { Temperature = 0, MaxOutputTokens = MostTokens, AdditionalProperties = new() { [LlamaProperties.Raw] = true } });
                (tokens, milliseconds) = (tokens + response.Usage!.OutputTokenCount!.Value, milliseconds + (double)response.AdditionalProperties![LlamaProperties.GenerationMs]!);
            }

            speeds.Add(tokens / milliseconds * 1000);
        }

        return speeds;
    }

    // The kernel's own high-water mark.
    private static double PeakMegabytes(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1_000_000;
    }

    private LlamaChatClient Open(HardenerModel model, ModelProcessLauncher launcher) => new(
        new LlamaModelOptions { ModelFile = model.ModelFile, Sha256 = model.Sha256, ContextTokens = model.Gate.ContextTokens, Threads = 1, Parallel = 1, Backend = ModelBackend.Cpu },
        new ModelRuntimeOptions { Folder = runtimes, Launcher = launcher });
}
