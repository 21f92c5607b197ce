using System.Diagnostics;
using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Core.Thinking;
using Forge.Models;
using Microsoft.Extensions.AI;

namespace Forge.Cmdlets.Models;

/// <summary>Measures how fast models read a prompt and generate. The prompt is a new one each time, so that no cache helps.</summary>
/// <example>
/// <para>Measures how fast a model reads and writes.</para>
/// <code>Measure-ForgeModel worker</code>
/// </example>
/// <example>
/// <para>Measures all that were added with a short prompt.</para>
/// <code>Get-ForgeModel | Where-Object Kind -ne Hardener | Measure-ForgeModel -Words 200 -Tokens 32</code>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "ForgeModel")]
[OutputType(typeof(ModelMeasurement))]
public sealed class MeasureForgeModelCommand : ModelCmdlet
{
    /// <summary>Length of the prompt in words, 1 to 100,000.</summary>
    [Parameter(HelpMessage = "Length of the prompt in words.")]
    [ValidateRange(1, 100000)]
    public int Words { get; set; } = 200;

    /// <summary>Tokens to generate, 1 to 65,536.</summary>
    [Parameter(HelpMessage = "Tokens to generate.")]
    [ValidateRange(1, 65536)]
    public int Tokens { get; set; } = 64;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        foreach (var model in Models())
        {
            await sink.WriteAsync(await MeasureAsync(model, cancellationToken));
        }
    }

    private async Task<ModelMeasurement> MeasureAsync(ModelDescription model, CancellationToken cancellationToken)
    {
        var prompt = $"{Guid.NewGuid():N} " + string.Join(' ', Enumerable.Range(0, Words).Select(i => $"word{i % 97}"));
        var updates = new List<ChatResponseUpdate>();
        var start = Stopwatch.GetTimestamp();
        var first = TimeSpan.Zero;
        await foreach (var update in ForgeServices.Current.ModelClient(model).GetStreamingResponseAsync([new ChatMessage(ChatRole.User, prompt)], new ChatOptions { MaxOutputTokens = Tokens, Temperature = 0 }, cancellationToken))
        {
            first = first == TimeSpan.Zero && update.Text.Length > 0 ? Stopwatch.GetElapsedTime(start) : first;
            updates.Add(update);
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var usage = ModelReading.AnswerOf(updates.ToChatResponse()).Usage;
        // A server gives no times: there the first text ends the prompt.
        var prompted = usage.PromptSeconds > 0 ? usage.PromptSeconds : first.TotalSeconds;
        var generated = usage.GenerationSeconds > 0 ? usage.GenerationSeconds : (elapsed - first).TotalSeconds;
        return new ModelMeasurement
        {
            Name = model.Name,
            PromptTokens = usage.Input,
            PromptRate = usage.Input > 0 && prompted > 0 ? usage.Input / prompted : null,
            GeneratedTokens = usage.Output,
            GenerationRate = usage.Output > 1 && generated > 0 ? usage.Output / generated : null,
            LoadTime = TimeSpan.FromSeconds(usage.LoadSeconds),
            FirstText = first,
            Elapsed = elapsed,
        };
    }
}
