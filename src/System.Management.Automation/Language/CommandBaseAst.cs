namespace System.Management.Automation.Language;

/// <summary>A command or expression; the console host has none.</summary>
public abstract class CommandBaseAst : StatementAst
{
    internal CommandBaseAst()
    {
    }
}
