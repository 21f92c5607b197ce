#!/usr/bin/env pwsh
<#
.SYNOPSIS
Builds, tests and demonstrates Forge; calls build.cs, the one build script.
.EXAMPLE
./build.ps1 test
.EXAMPLE
./build.ps1 demo --lab qemu
#>
[CmdletBinding()]
param([Parameter(ValueFromRemainingArguments)] [string[]] $Target = @('help'))
& dotnet run (Join-Path $PSScriptRoot 'build.cs') -- @Target
exit $LASTEXITCODE
