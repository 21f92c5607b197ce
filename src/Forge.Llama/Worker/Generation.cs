using System.Diagnostics;
using Forge.Llama.Protocol;

namespace Forge.Llama.Worker;

/// <summary>One request under way.</summary>
internal sealed class Generation(long id, GenerateCall call, int[] prompt, int maxTokens, TokenChooser chooser) : IDisposable
{
    private readonly long _asked = Stopwatch.GetTimestamp();
    private long _started;
    private long _first;
    private long _last;
    private string? _leastCertain;

    public long Id => id;

    public GenerateCall Call => call;

    public int[] Prompt => prompt;

    public TokenChooser Chooser => chooser;

    public TextOut Text { get; } = new(call.Stop ?? []);

    /// <summary>Tokens of the prompt that came from the cache.</summary>
    public int CachedTokens { get; private set; }

    public int OutputTokens { get; private set; }

    /// <summary>The token to decode next; null while the prompt is not done.</summary>
    public int? Next { get; private set; }

    /// <summary>Index of the logits in the batch that is being decoded; -1 for none.</summary>
    public int LogitsAt { get; set; } = -1;

    public bool IsFull => OutputTokens >= maxTokens;

    public void Start(int cached) => (_started, CachedTokens) = (Stopwatch.GetTimestamp(), cached);

    /// <summary>Least probability of a chosen token so far.</summary>
    private double Confidence { get; set; } = 1;

    /// <summary>Notes how probable a chosen token was.</summary>
    public void Weigh(double probability, string text)
    {
        if (probability < Confidence || _leastCertain is null)
        {
            (Confidence, _leastCertain) = (probability, text);
        }
    }

    /// <summary>Takes a chosen token.</summary>
    public void Take(int token)
    {
        Next = token;
        OutputTokens++;
    }

    /// <summary>Notes that a token was chosen now, the last one (which ends the text) too.</summary>
    public void Tick()
    {
        _last = Stopwatch.GetTimestamp();
        _first = _first == 0 ? _last : _first;
    }

    public DoneReply Done(string reason) => new()
    {
        Reason = reason,
        Text = call.Stream ? null : Text.Whole,
        Confidence = _leastCertain is null ? null : Confidence,
        LeastCertain = _leastCertain,
        InputTokens = prompt.Length,
        CachedTokens = CachedTokens,
        OutputTokens = OutputTokens,
        QueueMs = Between(_asked, _started),
        PromptMs = Between(_started, _first),
        GenerationMs = Between(_first, _last),
    };

    public void Dispose() => chooser.Dispose();

    private static double Between(long from, long to) => from == 0 || to == 0 ? 0 : Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}
