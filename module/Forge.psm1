# Loads the commands into a load context of their own (src/Forge.Loader), so that Forge's dependencies and those of other modules do not meet.
# Works from the built module (out/module/Forge) and, after a build, from the repository.

$base = [IO.Path]::GetDirectoryName($PSScriptRoot)
if (-not [IO.File]::Exists("$base/bin/Forge.Loader.dll")) {
    $base = "$base/out/module/Forge"
}

if (-not [IO.File]::Exists("$base/bin/Forge.Loader.dll")) {
    throw [IO.FileNotFoundException]::new('Forge is not built. Run ./build.ps1 build in the repository, or install the module.')
}

# Not Add-Type: it would load Microsoft.PowerShell.Utility, which costs more than all of Forge.
$null = [Reflection.Assembly]::LoadFrom("$base/bin/Forge.Loader.dll")
$commands = Microsoft.PowerShell.Core\Import-Module -Assembly ([Forge.Loader.ModuleAssembly]::Load("$base/lib")) -PassThru

# PowerShell keeps the inner module when the outer one goes, and then takes a second import for done (PowerShell/PowerShell#20710).
$ExecutionContext.SessionState.Module.OnRemove = { Microsoft.PowerShell.Core\Remove-Module -ModuleInfo $commands -ErrorAction Ignore }
