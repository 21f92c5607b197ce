namespace Forge.Host.Help;

/// <summary>What <c>forge</c> says about itself.</summary>
internal static class HostHelp
{
    /// <summary>How to call it.</summary>
    internal const string Usage = """
        forge runs Forge's PowerShell commands where PowerShell is absent.

        Usage:  forge <Verb-Noun> [-Parameter value] [value] ...
                forge Get-ForgeFinding web01 -Skill stig | forge Invoke-ForgeTask -Budget 0:30:00

          forge --list               names all commands
          forge <Verb-Noun> -?       explains a command
          forge --version            prints the version

        Names and parameters are those of PowerShell: -Name value, -Name:value, -Switch, -Switch:false, lists as a,b.
        On a terminal the output is a table; piped, it is one JSON object a line. Piped input is read the same way, and
        binds by type or by property name.

        Exit codes:  0 all that was asked holds   1 failed   2 bad usage or input   3 finished, items are left
                     4 waits for a decision or an approval   5 a target was lost   130 ended by Ctrl+C
        """;
}
