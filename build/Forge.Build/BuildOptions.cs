namespace Forge.Build;

/// <summary>The words after the target on the command line.</summary>
internal sealed record BuildOptions(IReadOnlyList<string> Words)
{
    /// <summary>The word after <paramref name="name"/>; null where the option is not given.</summary>
    public string? Value(string name) => Words.SkipWhile(w => w != name).Skip(1).FirstOrDefault();

    public bool Has(string name) => Words.Contains(name);
}
