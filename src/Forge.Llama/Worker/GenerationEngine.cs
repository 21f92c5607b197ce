using System.Collections.Concurrent;
using Forge.Core.Errors;
using Forge.Llama.Protocol;

namespace Forge.Llama.Worker;

/// <summary>
/// The child's one working thread: takes calls, and serves all generations at once by continuous batching. Each step decodes one token of every running
/// generation together with pieces of the prompts that wait.
/// </summary>
internal sealed class GenerationEngine(ReplyWriter replies)
{
    private readonly BlockingCollection<ModelCall> _calls = [];
    private readonly Queue<Generation> _waiting = new();
    private NativeModel? _model;
    private SlotBoard? _slots;
    private TokenBatch? _batch;

    /// <summary>Hands over a call; from the reading thread.</summary>
    public void Post(ModelCall call)
    {
        if (call.Op == ModelCall.CancelOp)
        {
            if (_slots is { } slots && slots.OnlyRunning == call.Id)
            {
                // A long prompt is broken off at once; with others under way they end their step first.
                NativeModel.Abort();
            }
        }

        _calls.Add(call);
    }

    /// <summary>Works until the process ends.</summary>
    public void Run()
    {
        while (true)
        {
            var isIdle = _slots is not { } slots || (!slots.HasRunning && _waiting.Count == 0);
            for (var call = isIdle ? _calls.Take() : Next(); call is not null; call = Next())
            {
                Guarded(call.Id, () => Take(call));
            }

            if (_slots is not null)
            {
                Admit();
                Step();
            }

            replies.Flush();
        }
    }

    private ModelCall? Next() => _calls.TryTake(out var call) ? call : null;

    private void Guarded(long id, Action work)
    {
        try
        {
            work();
        }
        catch (ForgeException e)
        {
            replies.Error(id, e);
        }
    }

    private void Take(ModelCall call)
    {
        switch (call.Op)
        {
            case ModelCall.LoadOp:
                _model = NativeModel.Load(call.Load!);
                _batch = new TokenBatch(_model.Batch);
                _slots = new SlotBoard(_model, call.Load!.Parallel);
                replies.Write(new ModelReply { Event = ModelReply.LoadedEvent, Id = call.Id, Loaded = _model.Status });
                break;
            case ModelCall.GenerateOp:
                _waiting.Enqueue(Prepare(call));
                break;
            case ModelCall.AdaptersOp:
                SetAdapters(call);
                break;
            case ModelCall.CancelOp:
                Cancel(call.Id);
                break;
        }
    }

    private void SetAdapters(ModelCall call)
    {
        // What runs was promised the adapters of its start.
        while (_slots is { HasRunning: true })
        {
            Step();
            replies.Flush();
        }

        Loaded.Adapters.Set(call.Adapters!);
        _slots!.Forget();
        replies.Write(new ModelReply { Event = ModelReply.AdaptersEvent, Id = call.Id });
    }

    private NativeModel Loaded => _model ?? throw new ForgeException("ModelNotLoaded", ForgeErrorKind.Internal, "The model process was asked before a model was loaded.");

    private Generation Prepare(ModelCall call)
    {
        var generate = call.Generate!;
        var prompt = PromptText.Tokens(Loaded, generate);
        var needed = (long)prompt.Length + (generate.MaxTokens ?? 1);
        if (needed > Loaded.ContextTokens)
        {
            throw new ForgeException(
                "ModelContextExceeded", ForgeErrorKind.BadInput,
                $"The request needs {needed} tokens of context ({prompt.Length} for the prompt, {generate.MaxTokens ?? 1} for the answer); {Loaded.ContextTokens} are available.",
                "Shorten the prompt, ask for fewer output tokens, or give the model a larger context.");
        }

        if (prompt.Length == 0)
        {
            throw new ForgeException("ModelPromptEmpty", ForgeErrorKind.BadInput, "The prompt has no tokens.", "Give a message with text.");
        }

        return new Generation(call.Id, generate, prompt, generate.MaxTokens ?? (Loaded.ContextTokens - prompt.Length), new TokenChooser(Loaded, generate));
    }

    private void Admit()
    {
        while (_waiting.TryPeek(out var next) && _slots!.TryStart(next))
        {
            _waiting.Dequeue();
        }
    }

    private void Cancel(long id)
    {
        NativeModel.ClearAbort();
        if (_slots?.Running.FirstOrDefault(s => s.Current!.Id == id) is { } slot)
        {
            Finish(slot, DoneReply.CancelledReason);
        }
        else if (_waiting.FirstOrDefault(w => w.Id == id) is { } waiting)
        {
            var others = _waiting.Where(w => w != waiting).ToList();
            _waiting.Clear();
            others.ForEach(_waiting.Enqueue);
            replies.Write(new ModelReply { Event = ModelReply.DoneEvent, Id = id, Done = waiting.Done(DoneReply.CancelledReason) });
            waiting.Dispose();
        }
    }

    private void Step()
    {
        var batch = _batch!;
        var parts = _slots!.Fill(batch);
        if (batch.Count == 0)
        {
            return;
        }

        var result = batch.Decode(Loaded.Context);
        if (result != 0)
        {
            parts.ForEach(p => p.Slot.Keep(Loaded, p.Slot.Cached.Count));
            if (result == 2)
            {
                // Broken off by a cancellation, which is among the calls; what others lost is decoded again.
                NativeModel.ClearAbort();
                return;
            }

            var why = $"llama.cpp cannot decode ({result}): {NativeLog.TakeErrors()}";
            parts.ForEach(p => Fail(p.Slot, new ForgeException("ModelDecodeFailed", ForgeErrorKind.Internal, why, "Ask again; if it stays, use a smaller context or fewer sequences.")));
            return;
        }

        foreach (var (slot, tokens) in parts)
        {
            slot.Cached.AddRange(tokens);
            if (slot.Current!.LogitsAt >= 0)
            {
                Choose(slot);
            }
        }
    }

    private unsafe void Choose(SequenceSlot slot)
    {
        var generation = slot.Current!;
        int token;
        try
        {
            var logits = Native.NativeLlama.Logits(Loaded.Context, generation.LogitsAt);
            token = generation.Chooser.Choose(logits);
            if (generation.Call.Confidence)
            {
                generation.Weigh(LogitScan.Probability(new ReadOnlySpan<float>(logits, Loaded.Vocabulary), token), System.Text.Encoding.UTF8.GetString(Loaded.Piece(token)));
            }
        }
        catch (ForgeException e)
        {
            Fail(slot, e);
            return;
        }

        generation.Tick();
        if (Loaded.IsEnd(token))
        {
            Finish(slot, DoneReply.StopReason);
            return;
        }

        generation.Take(token);
        Show(generation, generation.Text.Add(Loaded.Piece(token)));
        if (generation.Text.IsStopped)
        {
            Finish(slot, DoneReply.StopReason);
        }
        else if (generation.IsFull)
        {
            Finish(slot, DoneReply.LengthReason);
        }
    }

    private void Show(Generation generation, string text)
    {
        if (generation.Call.Stream && text.Length > 0)
        {
            replies.Text(generation.Id, text);
        }
    }

    private void Finish(SequenceSlot slot, string reason)
    {
        var generation = slot.Current!;
        Show(generation, generation.Text.End());
        replies.Write(new ModelReply { Event = ModelReply.DoneEvent, Id = generation.Id, Done = generation.Done(reason) });
        Free(slot);
    }

    private void Fail(SequenceSlot slot, ForgeException e)
    {
        replies.Error(slot.Current!.Id, e);
        slot.Keep(Loaded, 0);
        Free(slot);
    }

    private static void Free(SequenceSlot slot)
    {
        slot.Current!.Dispose();
        slot.Current = null;
    }
}
