namespace Forge.Host.Terminal;

/// <summary>Asks the person at the terminal.</summary>
internal interface IPrompt
{
    /// <summary>Whether there is one to ask.</summary>
    bool IsPossible { get; }

    /// <summary>Asks.</summary>
    /// <param name="question">What is shown.</param>
    /// <returns>What was typed; null at the end of input.</returns>
    string? Ask(string question);
}
