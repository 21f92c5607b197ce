namespace Forge.Core.Loop;

/// <summary>The breaker for the world: the same fault on several items in a row is the target's or the controller's fault, not the items'.</summary>
/// <param name="limit">How many in a row trip it, at least 2.</param>
public sealed class Breaker(int limit = 3)
{
    private string _fingerprint = "";
    private int _count;

    /// <summary>Notes how an item ended.</summary>
    /// <param name="fingerprint">Name of the fault without variable parts; empty where there was none.</param>
    /// <returns>True where the same fault has now come <paramref name="fingerprint"/> as often as the limit says.</returns>
    public bool Note(string fingerprint)
    {
        _count = fingerprint.Length == 0 ? 0 : fingerprint == _fingerprint ? _count + 1 : 1;
        _fingerprint = fingerprint;
        return _count >= limit;
    }
}
