namespace Forge.Host.Terminal;

/// <summary>
/// Asks on the controlling terminal, so that a person can answer while objects arrive on standard input.
/// </summary>
internal sealed class TerminalPrompt : IPrompt
{
    private const string Device = "/dev/tty";

    private readonly Lazy<bool> _possible;

    /// <summary>Makes one.</summary>
    /// <param name="isPossible">False where nobody would see the question.</param>
    internal TerminalPrompt(bool isPossible)
    {
        _possible = new Lazy<bool>(() => isPossible && (!Console.IsInputRedirected || CanOpenDevice()));
    }

    /// <inheritdoc/>
    public bool IsPossible => _possible.Value;

    /// <inheritdoc/>
    public string? Ask(string question)
    {
        Console.Error.Write(question);
        if (!Console.IsInputRedirected)
        {
            return Console.In.ReadLine();
        }

        using var terminal = new StreamReader(Device);
        return terminal.ReadLine();
    }

    private static bool CanOpenDevice()
    {
        try
        {
            using FileStream terminal = new(Device, FileMode.Open, FileAccess.Read);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
