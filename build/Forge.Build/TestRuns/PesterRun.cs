namespace Forge.Build.TestRuns;

/// <summary>The module's tests in PowerShell, where there is one.</summary>
internal sealed class PesterRun(IReadOnlyDictionary<string, string> environment, string resultFile)
{
    /// <summary>The exit code; 0 where PowerShell or Pester is not there, which is said and counted as skipped.</summary>
    public int Run()
    {
        if (!IsHere())
        {
            Console.WriteLine("skipped: tests/module (Pester): pwsh 7.6 with Pester is not on PATH; the same cmdlets were tested under forge");
            return 0;
        }

        var script = $$"""
            $c = New-PesterConfiguration; $c.Run.Path = '{{Path.GetFullPath("tests/module")}}'; $c.Run.Exit = $true; $c.Output.Verbosity = 'Normal'
            $c.TestResult.Enabled = $true; $c.TestResult.OutputFormat = 'NUnitXml'; $c.TestResult.OutputPath = '{{resultFile}}'
            Invoke-Pester -Configuration $c
            """;
        return Tool.Run("pwsh", ["-NoProfile", "-Command", script], environment);
    }

    public TestCount Count() => File.Exists(resultFile) ? TestCount.OfNUnit(resultFile) : new TestCount(0, 0, 1);

    private static bool IsHere() => Tool.Capture("sh", "-c", "command -v pwsh").Code == 0
        && Tool.Capture("pwsh", "-NoProfile", "-Command", "if (-not (Get-Module Pester -ListAvailable)) { exit 1 }").Code == 0;
}
