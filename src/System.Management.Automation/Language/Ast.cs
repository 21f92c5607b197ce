namespace System.Management.Automation.Language;

/// <summary>A syntax tree; the console host has none.</summary>
public abstract class Ast
{
    internal Ast()
    {
    }
}
