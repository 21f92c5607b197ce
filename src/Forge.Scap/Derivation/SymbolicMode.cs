namespace Forge.Scap.Derivation;

/// <summary>
/// Modes as the content writes them: octal, or what is taken away from everything (<c>u-xs,g-xwrs,o-xwrt</c> leaves 0600). A mode that keeps what the machine has
/// (<c>g-w</c> alone, <c>+</c>) is none.
/// </summary>
internal static class SymbolicMode
{
    private const string Who = "ugo";

    /// <summary>The mode in four octal digits; null where the text alone does not say it.</summary>
    public static string? Octal(string mode)
    {
        if (mode.Length is > 0 and <= 4 && mode.All(c => c is >= '0' and <= '7'))
        {
            return mode.PadLeft(4, '0');
        }

        int? bits = 0x1FF;
        var said = new HashSet<char>();
        foreach (var clause in mode.Split(','))
        {
            bits = bits is { } had ? Apply(clause.Trim(), had, said) : null;
        }

        return bits is { } all && said.Count == Who.Length ? Convert.ToString(all, 8).PadLeft(4, '0') : null;
    }

    private static int? Apply(string clause, int bits, HashSet<char> said)
    {
        var at = clause.IndexOfAny(['-', '=', '+']);
        if (at < 0 || clause[at] == '+')
        {
            return null;
        }

        var people = at == 0 || clause[..at] == "a" ? Who : clause[..at];
        foreach (var one in people)
        {
            var shift = one switch { 'u' => 6, 'g' => 3, 'o' => 0, _ => -1 };
            if (shift < 0 || Rights(clause[(at + 1)..]) is not { } rights)
            {
                return null;
            }

            said.Add(one);
            bits = clause[at] == '-' ? bits & ~(rights << shift) : (bits & ~(7 << shift)) | (rights << shift);
        }

        return bits;
    }

    // Set-id and sticky bits are taken away at most; 0777 has none.
    private static int? Rights(string letters)
    {
        var rights = 0;
        foreach (var letter in letters)
        {
            var bit = letter switch { 'r' => 4, 'w' => 2, 'x' or 'X' => 1, 's' or 't' => 0, _ => -1 };
            if (bit < 0)
            {
                return null;
            }

            rights |= bit;
        }

        return rights;
    }
}
