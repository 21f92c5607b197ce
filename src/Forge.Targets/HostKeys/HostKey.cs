namespace Forge.Targets.HostKeys;

/// <summary>The key that a machine showed.</summary>
/// <param name="Name">Name in the known-hosts format, with its port where that is not 22.</param>
/// <param name="Algorithm">For example <c>ED25519</c>.</param>
/// <param name="Fingerprint">SHA-256, as OpenSSH prints it.</param>
/// <param name="Line">The known-hosts line.</param>
public sealed record HostKey(string Name, string Algorithm, string Fingerprint, string Line);
