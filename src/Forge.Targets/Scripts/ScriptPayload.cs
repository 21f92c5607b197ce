namespace Forge.Targets.Scripts;

/// <summary>What travels to the far shell on standard input.</summary>
internal sealed record ScriptPayload
{
    /// <summary>The script's bytes.</summary>
    public required ReadOnlyMemory<byte> Script { get; init; }

    /// <summary>Path of the interpreter on the far side.</summary>
    public required string Interpreter { get; init; }

    /// <summary>Time limit on the far side.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Environment variables of the script.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What the script reads on standard input; null for nothing.</summary>
    public Stream? Input { get; init; }

    /// <summary>Bytes of <see cref="Input"/> that are sent.</summary>
    public long InputLength { get; init; }

    /// <summary>Where standard output goes.</summary>
    public required IByteSink Output { get; init; }

    /// <summary>Limit for standard error in bytes.</summary>
    public int MaxErrorBytes { get; init; } = 1 << 20;

    /// <summary>Whether sudo runs it.</summary>
    public bool Sudo { get; init; }

    /// <summary>Password that sudo gets when it asks; null where it must not ask.</summary>
    public ReadOnlyMemory<byte>? SudoPassword { get; init; }
}
