namespace Forge.Llama.Worker;

/// <summary>The sequences of the context: which request goes where, and what of each is decoded next.</summary>
internal sealed class SlotBoard
{
    private readonly NativeModel _model;
    private readonly SequenceSlot[] _slots;
    private long _uses;
    private long _onlyRunning = -1;

    public SlotBoard(NativeModel model, int count)
    {
        _model = model;
        _slots = [.. Enumerable.Range(0, count).Select(i => new SequenceSlot(i))];
    }

    public bool HasRunning => _slots.Any(s => s.Current is not null);

    public IEnumerable<SequenceSlot> Running => _slots.Where(s => s.Current is not null);

    /// <summary>The request that runs alone; -1 where none or several do. Read from the reading thread.</summary>
    public long OnlyRunning => Interlocked.Read(ref _onlyRunning);

    /// <summary>Gives a free sequence to a request: the one that its key names, else the one whose cache it can use most of and spoils least.</summary>
    /// <returns>False where none is free.</returns>
    public bool TryStart(Generation generation)
    {
        var free = _slots.Where(s => s.Current is null).ToList();
        if (free.Count == 0)
        {
            return false;
        }

        var key = generation.Call.Sequence;
        var slot = (key is null ? null : free.Find(s => s.Key == key))
            ?? free.OrderByDescending(s => (2 * s.CommonWith(generation.Prompt)) - s.Cached.Count).ThenBy(s => s.LastUse).First();
        slot.LastUse = ++_uses;
        slot.Key = key ?? slot.Key;
        slot.Current = generation;
        generation.Start(slot.Keep(_model, slot.CommonWith(generation.Prompt)));
        return true;
    }

    /// <summary>Puts what is to be decoded now into the batch: the next token of each that generates, then prompts as far as there is room.</summary>
    /// <returns>The tokens that each sequence has in the batch.</returns>
    public List<(SequenceSlot Slot, int[] Tokens)> Fill(TokenBatch batch)
    {
        batch.Clear();
        var parts = new List<(SequenceSlot, int[])>();
        foreach (var slot in Running.Where(s => s.Current!.Next is not null))
        {
            var token = slot.Current!.Next!.Value;
            slot.Current.LogitsAt = batch.Add(token, slot.Cached.Count, slot.Id, logits: true);
            parts.Add((slot, [token]));
        }

        foreach (var slot in Running.Where(s => s.Current!.Next is null && batch.Room > 0))
        {
            parts.Add((slot, AddPrompt(batch, slot)));
        }

        Interlocked.Exchange(ref _onlyRunning, parts is [var (only, _)] ? only.Current!.Id : -1);
        return parts;
    }

    /// <summary>Empties all caches: what they hold was computed with other weights.</summary>
    public void Forget()
    {
        foreach (var slot in _slots)
        {
            slot.Keep(_model, 0);
        }
    }

    private static int[] AddPrompt(TokenBatch batch, SequenceSlot slot)
    {
        var generation = slot.Current!;
        var from = slot.Cached.Count;
        var tokens = generation.Prompt[from..Math.Min(generation.Prompt.Length, from + batch.Room)];
        generation.LogitsAt = -1;
        for (var i = 0; i < tokens.Length; i++)
        {
            var isLast = from + i == generation.Prompt.Length - 1;
            var index = batch.Add(tokens[i], from + i, slot.Id, isLast);
            generation.LogitsAt = isLast ? index : -1;
        }

        return tokens;
    }
}
