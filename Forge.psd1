@{
    RootModule           = 'module/Forge.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '5c0f2a4e-8d5b-4b0b-9d1f-3f6c1c7f0e52'
    Author               = 'The Forge authors'
    CompanyName          = 'The Forge authors'
    Copyright            = '(c) The Forge authors. MIT licence.'
    Description          = 'Takes a list of things that are wrong on real machines, puts them right one by one, proves each from outside, undoes what made things worse, and learns for the next night.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('module/Forge.Format.ps1xml')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Add-ForgeModel'
        'Checkpoint-ForgeLab'
        'Checkpoint-ForgeTarget'
        'Clear-ForgeRun'
        'Compare-ForgeModel'
        'Compare-ForgeRun'
        'Disable-ForgeModel'
        'Enable-ForgeModel'
        'Export-ForgePreference'
        'Export-ForgeRecording'
        'Export-ForgeReport'
        'Get-ForgeEvent'
        'Get-ForgeFinding'
        'Get-ForgeLab'
        'Get-ForgeModel'
        'Get-ForgeRun'
        'Get-ForgeSkill'
        'Get-ForgeTarget'
        'Install-ForgeModelRuntime'
        'Install-ForgeScanner'
        'Invoke-ForgeCommand'
        'Invoke-ForgeTask'
        'Measure-ForgeModel'
        'Measure-ForgeRun'
        'New-ForgeDecision'
        'New-ForgeLab'
        'New-ForgeSkill'
        'New-ForgeTarget'
        'Remove-ForgeLab'
        'Remove-ForgeModel'
        'Remove-ForgeTarget'
        'Repair-ForgeStore'
        'Restore-ForgeLab'
        'Restore-ForgeTarget'
        'Resume-ForgeRun'
        'Start-ForgeLab'
        'Stop-ForgeLab'
        'Stop-ForgeRun'
        'Test-ForgeFinding'
        'Test-ForgeModel'
        'Test-ForgeSkill'
        'Test-ForgeTarget'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('Linux', 'Hardening', 'STIG', 'CIS', 'SCAP', 'XCCDF', 'Remediation', 'Security', 'SSH', 'PSEdition_Core')
            ReleaseNotes = 'First version: hardening from the vendor''s own content, each fix proven from outside and undone where it does not hold. See CHANGELOG.md.'
        }
    }
}
