namespace Forge.Core.Actions.Typed;

/// <summary>The words of an item's texts, as names stand in them: letters, digits and what paths, units and keys are made of. Case counts unless said otherwise.</summary>
internal sealed class ItemText
{
    private readonly List<string> _words = [];
    private readonly HashSet<string> _exact;
    private readonly HashSet<string> _anyCase;

    public ItemText(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            Split(text);
            _words.Add(""); // no word of one text stands beside one of the next
        }

        _exact = [.. _words];
        _anyCase = new HashSet<string>(_words, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The words in their order.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>Whether it is one of the words.</summary>
    public bool Names(string name) => _exact.Contains(name);

    /// <summary>Whether it is one of the words in any case.</summary>
    public bool NamesInAnyCase(string name) => _anyCase.Contains(name);

    /// <summary>Whether the name stands at most two words from one of the given words: <c>make</c> is a package only where the text speaks of packages.</summary>
    public bool NamesNear(string name, IReadOnlySet<string> company)
    {
        for (var i = 0; i < _words.Count; i++)
        {
            if (_words[i] == name && Enumerable.Range(i - 2, 5).Any(j => j != i && j >= 0 && j < _words.Count && company.Contains(_words[j].ToLowerInvariant())))
            {
                return true;
            }
        }

        return false;
    }

    private void Split(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '.' or '/' or '@' or '+' or '-' or '*'))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                // A letter of another script beside it would make it another name.
                var foreign = (i < text.Length && char.IsLetter(text[i])) || (start > 0 && char.IsLetter(text[start - 1]));
                var word = text[start..i].TrimEnd('.');
                if (!foreign && word.Length > 0)
                {
                    _words.Add(word);
                }

                start = -1;
            }
        }
    }
}
