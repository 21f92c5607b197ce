namespace Forge.Scap.Content;

/// <summary>One change that a profile makes (NISTIR 7275 rev. 4, section 6.5).</summary>
/// <param name="IdRef">Id, or cluster id, of what it changes.</param>
public abstract record ProfileChange(string IdRef);
