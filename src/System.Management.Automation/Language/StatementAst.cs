namespace System.Management.Automation.Language;

/// <summary>A statement; the console host has none.</summary>
public abstract class StatementAst : Ast
{
    internal StatementAst()
    {
    }
}
