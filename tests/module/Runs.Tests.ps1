# The statistics of runs in real PowerShell, on run folders written here. They are read in a process of their own, because a process reads FORGE_HOME once.

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $module = $env:FORGE_MODULE ? $env:FORGE_MODULE : "$root/out/module/Forge"

    function New-Run([string] $Id, [int] $Hour, [string] $Letters) {
        $items = for ($i = 0; $i -lt $Letters.Length; $i++) {
            @{ id = "rule_$i"; target = "lab$Hour"; runId = $Id; outcome = $Letters[$i] -eq 'R' ? 'Remediated' : 'Escalated'; arm = 'content'; attempts = 1; elapsed = '00:00:02' }
        }
        $folder = New-Item -ItemType Directory "$TestDrive/home/runs/$Id"
        $null = New-Item -ItemType File "$folder/events.jsonl"
        @{
            id = $Id; skill = 'stig'; targets = @("lab$Hour"); parameters = @{}; status = 'ItemsLeft'; startedAt = "2026-11-21T$($Hour):00:00+00:00"
            summary = @{
                elapsed = '00:30:00'
                targets = @(@{
                    target = "lab$Hour"; platform = 'debian-12-x86_64'; items = @($items); split = @{ scanner = '00:30:00' }
                    before = @{ pass = 0; fail = $Letters.Length; notApplicable = 0; notChecked = 0; error = 0 }
                })
            }
        } | ConvertTo-Json -Depth 8 | Set-Content "$folder/run.json"
    }

    New-Run '20261121-1000-lab10-stig-000a' 10 ('R' * 20 + 'EEE')
    New-Run '20261121-1100-lab11-stig-000b' 11 ('R' * 21 + 'EE')
    New-Run '20261121-1200-lab12-stig-000c' 12 ('E' * 20 + 'RRR')

    function Invoke-Module([string] $Script) {
        $before = $env:FORGE_HOME
        try {
            $env:FORGE_HOME = "$TestDrive/home"
            & pwsh -NoProfile -Command "Import-Module '$module'; `$PSStyle.OutputRendering = 'PlainText'; $Script"
        }
        finally { $env:FORGE_HOME = $before }
    }
}

Describe 'Compare-ForgeRun' {
    It 'takes what Get-ForgeRun writes, as an argument, by the pipeline and as two arguments' {
        $verdicts = Invoke-Module @'
            $two = Get-ForgeRun -Last 3 | Select-Object -Last 2
            (Compare-ForgeRun $two).Verdict
            ($two | Compare-ForgeRun).Reference.Runs
            (Compare-ForgeRun $two[1] (Get-ForgeRun -Last 1)).Verdict
            (Compare-ForgeRun -ReferenceRun 20261121-1200-lab12-stig-000c -DifferenceRun $two.Id).Verdict
'@
        $verdicts | Should -Be 'NoDifferenceShown', '20261121-1000-lab10-stig-000a', 'Worse', 'Better'
    }

    It 'shows the verdict in plain words' {
        $text = (Invoke-Module 'Compare-ForgeRun (Get-ForgeRun -Last 3 | Select-Object -Last 2) | Out-String -Width 400') -join "`n"
        $text | Should -Match 'In words +: No difference that the data can show: of 23 items in both'
        $text | Should -Match 'Disagreements +: \{rule_20: Escalated \| Remediated\}'
    }

    It 'has stable error ids' {
        $ids = Invoke-Module @'
            foreach ($arguments in @(), @('20261121-1000-lab10-stig-000a', '20261121-1000-lab10-stig-000a'), @('nothing', '20261121-1000-lab10-stig-000a')) {
                try { $arguments.Count ? (Compare-ForgeRun @arguments) : (@() | Compare-ForgeRun) } catch { $_.FullyQualifiedErrorId }
            }
'@
        $ids | Should -Be 'TwoRunsNeeded,Forge.Cmdlets.Runs.CompareForgeRunCommand', 'RunGivenTwice,Forge.Cmdlets.Runs.CompareForgeRunCommand', 'RunNotFound,Forge.Cmdlets.Runs.CompareForgeRunCommand'
    }
}

Describe 'Measure-ForgeRun' {
    It 'gives rates with intervals, and a price only where one is given' {
        $text = (Invoke-Module 'Get-ForgeRun *-000a | Measure-ForgeRun | Out-String -Width 400; (Get-ForgeRun *-000a | Measure-ForgeRun -CostPerHour 3).Cost.Amount') -join "`n"
        $text | Should -Match 'Rate of all +: 87\.0 %\n95 % interval +: 67\.9 to 95\.5'
        $text | Should -Match 'By arm +: \{content 20 of 23 \(attempts 23, 46\.0 s\)\}'
        $text | Should -Match 'no price given'
        $text | Should -Match '1\.50*$'
    }
}
