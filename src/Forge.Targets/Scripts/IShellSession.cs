namespace Forge.Targets.Scripts;

/// <summary>The three streams of a shell that runs one script, and what carries them.</summary>
internal interface IShellSession : IDisposable
{
    /// <summary>What the shell reads; closing it ends the script.</summary>
    Stream Input { get; }

    /// <summary>What it prints. Read by one thread, blocking.</summary>
    Stream Output { get; }

    /// <summary>What it complains. Read by one thread, blocking.</summary>
    Stream Error { get; }

    /// <summary>Whether what carries the streams gave up, rather than the shell: asked when both streams have ended, waits for at most two seconds.</summary>
    /// <returns>Null where the shell ended by itself; otherwise what is to be said of it, empty where standard error says it already.</returns>
    string? TransportFault();

    /// <summary>Whether the far side said no to the session, so that nothing ran; known once <see cref="TransportFault"/> was asked. False where that cannot be told.</summary>
    bool IsRefused { get; }

    /// <summary>Ends it at once, whatever the far side does.</summary>
    void Kill();
}
