using System.Runtime.InteropServices;
using Forge.Core.Errors;
using Forge.Llama.Native;
using Forge.Llama.Protocol;

namespace Forge.Llama.Worker;

/// <summary>
/// Chooses the next token from the logits. With a grammar the choice is made first and only the chosen token is checked; the whole vocabulary is masked
/// only where that token is forbidden. For sampling this is exact: a draw that is kept only if allowed, else drawn again among the allowed, has the masked
/// distribution.
/// </summary>
internal sealed unsafe class TokenChooser(NativeModel model, GenerateCall call) : IDisposable
{
    private const int FirstTries = 64;
    private readonly TokenDraw? _draw = call.Temperature > 0 ? new TokenDraw(call.Temperature, call.TopK ?? 0, call.TopP ?? 1, call.Seed) : null;
    private readonly Utf8Progress _text = new();
    private nint _grammar = call.Grammar is { } text ? Grammar(model, text) : 0;

    /// <summary>Chooses a token and lets the grammar go on with it.</summary>
    /// <exception cref="ForgeException">Ids <c>ModelNotNumbers</c>, <c>ModelGrammarDeadEnd</c>.</exception>
    public int Choose(float* logits)
    {
        var values = new ReadOnlySpan<float>(logits, model.Vocabulary);
        var best = LogitScan.Best(values);
        if (best < 0)
        {
            throw new ForgeException(
                "ModelNotNumbers", ForgeErrorKind.Corrupt, "The model computes values that are no numbers (NaN): its weights are damaged or it does not work on this machine.",
                "Compare the file's digest with its source (Test-ForgeModel).");
        }

        var token = _draw is null ? best : _draw.Draw(values);
        if (_grammar == 0)
        {
            return token;
        }

        if (!IsAllowed(token, logits[token]))
        {
            token = Masked(values);
        }

        NativeLlama.Accept(_grammar, token);
        _text.Add(model.Piece(token));
        return token;
    }

    public void Dispose()
    {
        if (_grammar != 0)
        {
            NativeLlama.FreeSampler(_grammar);
            _grammar = 0;
        }
    }

    private static nint Grammar(NativeModel model, string text)
    {
        var source = (byte*)Marshal.StringToCoTaskMemUTF8(text);
        try
        {
            fixed (byte* root = "root\0"u8)
            {
                // What is wrong is printed to standard error by llama.cpp; the parent adds those lines.
                var grammar = NativeLlama.InitGrammar(model.Vocab, source, root);
                return grammar != 0 ? grammar : throw new ForgeException(
                    "ModelGrammarInvalid", ForgeErrorKind.BadInput, "llama.cpp does not take the grammar of this request.", "Give GBNF with a rule named root and no left recursion.");
            }
        }
        finally
        {
            Marshal.FreeCoTaskMem((nint)source);
        }
    }

    private bool IsAllowed(int token, float logit)
    {
        var one = new LlamaTokenData { Id = token, Logit = logit };
        var candidates = new LlamaTokenDataArray { Items = &one, Size = 1, Selected = -1 };
        NativeLlama.Apply(_grammar, &candidates);
        return !float.IsNegativeInfinity(one.Logit) && IsText(token);
    }

    private bool IsText(int token) => model.IsEnd(token) ? _text.IsWhole : _text.Fits(model.Piece(token));

    private int Masked(ReadOnlySpan<float> values)
    {
        if (_draw is null && values.Length > 4 * FirstTries)
        {
            // The likeliest allowed token is nearly always among the first few: a mask of these is a hundred times cheaper than one of all.
            Span<int> first = stackalloc int[FirstTries];
            LogitScan.Top(values, first);
            var few = Candidates(values, first);
            Mask(few);
            var hit = Array.FindIndex(few, c => !float.IsNegativeInfinity(c.Logit) && IsText(c.Id));
            if (hit >= 0)
            {
                return few[hit].Id;
            }
        }

        var all = Candidates(values, [.. Enumerable.Range(0, values.Length)]);
        Mask(all);
        var masked = new float[all.Length];
        foreach (var candidate in all)
        {
            masked[candidate.Id] = candidate.Logit;
        }

        while (true)
        {
            var best = LogitScan.Best(masked);
            if (best < 0 || float.IsNegativeInfinity(masked[best]))
            {
                throw new ForgeException(
                    "ModelGrammarDeadEnd", ForgeErrorKind.BadInput, "No token of this model can go on with the grammar.",
                    "Check that the grammar can be met by the model's vocabulary, and that it ends.");
            }

            var token = _draw is null ? best : _draw.Draw(masked);
            if (IsText(token))
            {
                return token;
            }

            masked[token] = float.NegativeInfinity;
        }
    }

    private static LlamaTokenData[] Candidates(ReadOnlySpan<float> values, ReadOnlySpan<int> tokens)
    {
        var candidates = new LlamaTokenData[tokens.Length];
        for (var i = 0; i < candidates.Length; i++)
        {
            candidates[i] = new LlamaTokenData { Id = tokens[i], Logit = values[tokens[i]] };
        }

        return candidates;
    }

    private void Mask(LlamaTokenData[] candidates)
    {
        fixed (LlamaTokenData* items = candidates)
        {
            var array = new LlamaTokenDataArray { Items = items, Size = candidates.Length, Selected = -1 };
            NativeLlama.Apply(_grammar, &array);
        }
    }
}
