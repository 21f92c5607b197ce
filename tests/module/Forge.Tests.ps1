# The module in real PowerShell: import, load context, and the base class of all commands through the sample commands of tests/Forge.Samples.
# Run by `dotnet run build.cs -- test`, or alone: Invoke-Pester tests/module

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $module = $env:FORGE_MODULE ? $env:FORGE_MODULE : "$root/out/module/Forge"
    $samples = Get-ChildItem "$root/out/artifacts/bin/Forge.Samples/*/Forge.Samples.dll" | Sort-Object LastWriteTime | Select-Object -Last 1
    Import-Module $module -Force
    Import-Module -Assembly ([Forge.Loader.ModuleAssembly]::LoadFile($samples.FullName))
}

Describe 'The module' {
    It 'has a manifest that PowerShell accepts' {
        (Test-ModuleManifest "$module/Forge.psd1").Version | Should -Be '0.1.0'
    }

    It 'exports every command that the manifest names, and nothing else' {
        $named = (Import-PowerShellDataFile "$module/Forge.psd1").CmdletsToExport
        (Get-Command -Module Forge).Name | Sort-Object | Should -Be ($named | Sort-Object)
        Get-Command -Module Forge -CommandType Function, Alias | Should -BeNullOrEmpty
    }

    It 'uses approved verbs' {
        (Get-Command -Module Forge).Verb | Sort-Object -Unique | Should -BeIn (Get-Verb).Verb
    }

    It 'keeps its dependencies out of the default load context' {
        $loaded = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -match '^(Forge\.(?!Loader)|YamlDotNet|SQLitePCLRaw|Microsoft\.Data\.Sqlite)' }
        $loaded | ForEach-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name } | Sort-Object -Unique | Should -Be 'Forge'
    }

    It 'does not ship PowerShell''s own assembly' {
        Get-ChildItem $module -Recurse -Filter System.Management.Automation.dll | Should -BeNullOrEmpty
    }

    It 'loads neither SQLite nor YAML at import' {
        $names = & pwsh -NoProfile -Command "Import-Module '$module'; [AppDomain]::CurrentDomain.GetAssemblies() | % { `$_.GetName().Name }"
        $names | Should -Contain 'Forge.Cmdlets'
        $names | Where-Object { $_ -match 'SQLite|YamlDotNet' } | Should -BeNullOrEmpty
        $maps = & pwsh -NoProfile -Command "Import-Module '$module'; Get-Content /proc/`$PID/maps"
        $maps | Where-Object { $_ -match 'sqlite' } | Should -BeNullOrEmpty
    }

    It 'can be imported again, and in other runspaces of the process' {
        $script = "Import-Module '$module'; Import-Module '$module' -Force; (Get-Command -Module Forge).Count; Remove-Module Forge; Import-Module '$module'; (Get-Command -Module Forge).Count;" +
            "1..2 | ForEach-Object -Parallel { Import-Module '$module'; (Get-Command -Module Forge).Count }"
        $counts = & pwsh -NoProfile -Command $script
        $counts | Should -HaveCount 4
        $counts[0] | Should -BeGreaterThan 0
        $counts | Sort-Object -Unique | Should -Be (Get-Command -Module Forge).Count
    }
}

Describe 'Get-Help' {
    It 'has a synopsis, parameters and two examples for every command' {
        foreach ($command in Get-Command -Module Forge) {
            $help = Get-Help $command.Name -Full
            $help.Synopsis | Should -Match '\.$' -Because $command.Name
            @($help.examples.example).Count | Should -BeGreaterOrEqual 2 -Because $command.Name
            $common = [Management.Automation.Cmdlet]::CommonParameters
            $own = $command.Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object
            $shown = $help.parameters.parameter.name | Sort-Object
            $shown | Should -Be $own -Because $command.Name
        }
    }

    It 'has examples that PowerShell can parse and whose commands take these parameters' {
        foreach ($command in Get-Command -Module Forge) {
            foreach ($example in (Get-Help $command.Name).examples.example) {
                $errors = $null
                $script = [Management.Automation.Language.Parser]::ParseInput($example.code, [ref] $null, [ref] $errors)
                $errors | Should -BeNullOrEmpty -Because $example.code
                foreach ($call in $script.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                    $found = Get-Command $call.GetCommandName() -ErrorAction Ignore
                    if ($found.ModuleName -eq 'Forge') {
                        $bound = [Management.Automation.Language.StaticParameterBinder]::BindCommand($call, $true)
                        $bound.BindingExceptions.Values.BindingException.Message | Should -BeNullOrEmpty -Because $example.code
                    }
                    elseif ($call.GetCommandName() -ne 'sh') {
                        $found | Should -Not -BeNullOrEmpty -Because $example.code
                    }
                }
            }
        }
    }
}

Describe 'The base class of the commands' {
    It 'streams: a downstream stop ends the command at once' {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        (Get-SampleFinding web01 -Count 10000 | Select-Object -First 2).Id | Should -Be 'rule0', 'rule1'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
    }

    It 'binds objects by value and by property name' {
        $result = Get-SampleFinding web01 -Severity High | Add-Member Note seen -PassThru | Invoke-SampleTask -Confirm:$false
        $result.Outcome | Should -Be 'remediated High 00:00:00 seen'
        ([pscustomobject]@{ HostName = 'web02' } | Get-SampleFinding).Target | Should -Be 'web02'
    }

    It 'reads durations as PowerShell parses them' {
        (Get-SampleFinding a -Budget 0:30:00).Took.TotalMinutes | Should -Be 30
        (Get-SampleFinding a -Budget 90s).Took.TotalSeconds | Should -Be 90
        (Get-SampleFinding a -Budget 30m).Took.TotalMinutes | Should -Be 30
        (Get-SampleFinding a -Budget 1d).Took.TotalDays | Should -Be 1
        { Get-SampleFinding a -Budget 30 } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'changes nothing under -WhatIf' {
        Get-SampleFinding web01 | Invoke-SampleTask -WhatIf | Should -BeNullOrEmpty
    }

    It 'goes on after an error of one item' {
        $output = 'item', 'object', 'item' | Test-SampleError -ErrorAction SilentlyContinue -ErrorVariable errors
        $output | Should -Be 'went on', 'went on'
        $errors.FullyQualifiedErrorId | Should -Be 'TargetUnreachable,Forge.Samples.TestSampleErrorCommand', 'FindingGone,Forge.Samples.TestSampleErrorCommand', 'TargetUnreachable,Forge.Samples.TestSampleErrorCommand'
        $errors[0].CategoryInfo.Category | Should -Be ConnectionError
        $errors[0].ErrorDetails.RecommendedAction | Should -Be 'Check the network.'
        $errors[0].TargetObject | Should -Be 'web01'
    }

    It 'ends at the first error under Stop, and always at a defect' {
        { Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'; 'item' | Test-SampleError } | Should -Throw -ErrorId 'TargetUnreachable,*'
        { Test-SampleError defect -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'ForgeUnexpected,*'
    }

    It 'ends the step when the pipeline is stopped and leaves nothing running' {
        $before = [Forge.Samples.WaitSampleCommand]::RolledBack
        $shell = [powershell]::Create()
        $null = $shell.AddCommand('Import-Module').AddParameter('Assembly', [Forge.Samples.WaitSampleCommand].Assembly).AddStatement().AddCommand('Wait-Sample')
        $run = $shell.BeginInvoke()
        [Forge.Samples.WaitSampleCommand]::Started.Wait([timespan]::FromSeconds(20)) | Should -BeTrue
        $shell.Stop()
        [Forge.Samples.WaitSampleCommand]::Running | Should -Be 0
        [Forge.Samples.WaitSampleCommand]::RolledBack | Should -Be ($before + 1)
        $shell.Dispose()
    }
}
