namespace Forge.Build.Benches;

/// <summary>One comparison with a peer: prints a table and writes the same figures to out/bench/.</summary>
internal interface IBench
{
    /// <summary>The word after <c>bench</c>.</summary>
    string Name { get; }

    /// <summary>The options it takes, for the help; may be empty.</summary>
    string Usage { get; }

    /// <summary>One line of help.</summary>
    string Summary { get; }

    /// <summary>Runs it, after setup and build; the result is the exit code.</summary>
    int Run(BuildOptions options);
}
