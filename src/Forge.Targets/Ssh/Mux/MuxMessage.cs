namespace Forge.Targets.Ssh.Mux;

/// <summary>Kinds of messages on a control socket (OpenSSH's PROTOCOL.mux).</summary>
internal enum MuxMessage : uint
{
    /// <summary>Both sides: the version of the protocol.</summary>
    Hello = 0x00000001,

    /// <summary>Ours: a session for one command; three open files follow.</summary>
    NewSession = 0x10000002,

    /// <summary>Refused by the owner; a number of the request and the reason.</summary>
    PermissionDenied = 0x80000002,

    /// <summary>Failed, or refused by the server; a number of the request and the reason.</summary>
    Failure = 0x80000003,

    /// <summary>The command ended; number of the session and exit status.</summary>
    ExitMessage = 0x80000004,
}
