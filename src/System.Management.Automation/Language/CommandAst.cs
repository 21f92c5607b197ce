namespace System.Management.Automation.Language;

/// <summary>The command being completed; always null under the console host.</summary>
public class CommandAst : CommandBaseAst
{
    internal CommandAst()
    {
    }
}
