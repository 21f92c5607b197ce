using System.Management.Automation;
using Forge.Core.Errors;
using Forge.Host.Binding;
using Forge.Host.Discovery;
using Forge.Host.Terminal;

namespace Forge.Host.Runtime;

/// <summary>Decides whether a change may be made, as ShouldProcess does (about_Preference_Variables, $ConfirmPreference = High).</summary>
/// <param name="bound">The command with its arguments.</param>
/// <param name="screen">Where to say and ask.</param>
/// <param name="prompt">The person.</param>
internal sealed class Confirmation(BoundCommand bound, Screen screen, IPrompt prompt)
{
    private bool _yesToAll;
    private bool _noToAll;

    /// <summary>Asks whether a change may be made.</summary>
    /// <param name="description">What would be done.</param>
    /// <param name="question">What to ask.</param>
    /// <param name="caption">A heading.</param>
    /// <param name="reason">Why not, if not.</param>
    /// <exception cref="ForgeException">It must be asked and nobody is there.</exception>
    internal bool MayChange(string description, string question, string caption, out ShouldProcessReason reason)
    {
        reason = ShouldProcessReason.None;
        if (bound.Change.WhatIf)
        {
            reason = ShouldProcessReason.WhatIf;
            screen.WriteError($"What if: {description}");
            return false;
        }

        if (!MustAsk())
        {
            if (bound.Common.Verbose)
            {
                screen.WriteError($"VERBOSE: {description}", TextColour.Grey);
            }

            return true;
        }

        return Ask(question, caption, ref _yesToAll, ref _noToAll);
    }

    /// <summary>Asks a question that <c>-Confirm:$false</c> does not answer.</summary>
    /// <exception cref="ForgeException">Nobody is there.</exception>
    internal bool MayContinue(string query, string caption, ref bool yesToAll, ref bool noToAll) => Ask(query, caption, ref yesToAll, ref noToAll);

    private bool MustAsk()
        => bound.IsConfirmGiven
            ? bound.Change.Confirm
            : bound.Command.Attribute is { SupportsShouldProcess: true, ConfirmImpact: ConfirmImpact.High };

    private bool Ask(string question, string caption, ref bool yesToAll, ref bool noToAll)
    {
        if (yesToAll || noToAll)
        {
            return yesToAll;
        }

        if (!prompt.IsPossible)
        {
            throw new ForgeException(
                "ConfirmationNeeded",
                ForgeErrorKind.BadInput,
                $"{bound.Command.Name} asks before it acts, and there is no terminal to ask on: {question.ReplaceLineEndings(" ")}",
                bound.Command.Attribute.SupportsShouldProcess
                    ? "Look at what it would do with -WhatIf, then run it with -Confirm:false."
                    : "Run it on a terminal.",
                bound.Command.Name);
        }

        string text = $"\n{caption}\n{question}\n[Y] Yes  [A] Yes to All  [N] No  [L] No to All  (default is \"Y\"): ";
        while (true)
        {
            switch (screen.Ask(text)?.Trim().ToUpperInvariant())
            {
                case "" or "Y" or "YES":
                    return true;
                case "A":
                    return yesToAll = true;
                case "N" or "NO":
                    return false;
                case null or "L":
                    noToAll = true;
                    return false;
                default:
                    continue;
            }
        }
    }
}
