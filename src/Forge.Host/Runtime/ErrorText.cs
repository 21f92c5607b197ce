using System.Management.Automation;
using Forge.Host.Terminal;

namespace Forge.Host.Runtime;

/// <summary>Says what happened, to what, and what to do next.</summary>
internal static class ErrorText
{
    /// <summary>Writes an error.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="record">The error.</param>
    /// <param name="command">The command it comes from.</param>
    /// <param name="inFull">Whether the exception follows in full.</param>
    internal static void Write(Screen screen, ErrorRecord record, string command, bool inFull)
    {
        string id = record.FullyQualifiedErrorId.Split(',')[0];
        string message = record.ToString();
        screen.WriteError($"{command}: {message}{(id.Length > 0 ? $" [{id}]" : "")}", TextColour.Red);
        string target = record.CategoryInfo.TargetName;
        if (record.TargetObject is string or IFormattable && target.Length > 0 && !message.Contains(target, StringComparison.OrdinalIgnoreCase))
        {
            screen.WriteError($"  about: {target}");
        }

        if (record.ErrorDetails?.RecommendedAction is { Length: > 0 } next)
        {
            screen.WriteError($"  next:  {next}");
        }

        if (inFull)
        {
            screen.WriteError(record.Exception.ToString(), TextColour.Grey);
        }
    }
}
