namespace Forge.Core.Targets;

/// <summary>What a connection is for; connections of different roles never share a transport session.</summary>
public enum ConnectionRole
{
    /// <summary>Changes are made through it.</summary>
    Fixer,

    /// <summary>Verdicts come through it: another login than the fixer's.</summary>
    Verifier,

    /// <summary>A new login each time, nothing reused: proves own access.</summary>
    Fresh,
}
