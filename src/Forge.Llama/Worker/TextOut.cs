using System.Text;

namespace Forge.Llama.Worker;

/// <summary>Turns the bytes of tokens into text: a character is shown when it is whole, and nothing that may be the begin of a stop word is shown too early.</summary>
internal sealed class TextOut(IReadOnlyList<string> stops)
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _whole = new();
    private readonly int _held = stops.Count == 0 ? 0 : stops.Max(s => s.Length) - 1;
    private int _shown;

    /// <summary>All text so far, without a stop word that was met.</summary>
    public string Whole => _whole.ToString();

    /// <summary>Whether a stop word was met; nothing is taken after it.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Adds the bytes of a token.</summary>
    /// <returns>What can be shown now; may be empty.</returns>
    public string Add(ReadOnlySpan<byte> bytes)
    {
        Span<char> characters = bytes.Length < 128 ? stackalloc char[bytes.Length + 4] : new char[bytes.Length + 4];
        var count = _decoder.GetChars(bytes, characters, flush: false);
        _whole.Append(characters[..count]);
        if (stops.Count == 0)
        {
            _shown = _whole.Length;
            return count == 0 ? "" : new string(characters[..count]);
        }

        var text = _whole.ToString();
        var from = Math.Max(0, _shown - _held);
        var at = stops.Select(s => text.IndexOf(s, from, StringComparison.Ordinal)).Where(i => i >= 0).DefaultIfEmpty(-1).Min();
        IsStopped = at >= 0;
        if (IsStopped)
        {
            _whole.Length = at;
        }

        return Show(IsStopped ? at : Math.Max(_shown, text.Length - _held));
    }

    /// <summary>What was held back, and a replacement character for bytes that never became one.</summary>
    public string End()
    {
        if (IsStopped)
        {
            return "";
        }

        Span<char> rest = stackalloc char[8];
        _whole.Append(rest[.._decoder.GetChars([], rest, flush: true)]);
        return Show(_whole.Length);
    }

    private string Show(int end)
    {
        if (end <= _shown)
        {
            return "";
        }

        var text = _whole.ToString(_shown, end - _shown);
        _shown = end;
        return text;
    }
}
