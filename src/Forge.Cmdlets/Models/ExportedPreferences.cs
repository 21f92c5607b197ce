namespace Forge.Cmdlets.Models;

/// <summary>What Export-ForgePreference wrote.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Preferences">Rules with their text.</param>
/// <param name="Proven">Those of them that have a proven action.</param>
/// <param name="Rejected">Actions that were refused or failed.</param>
/// <param name="LeftOut">Preferences left out because their rules are held out to compare models.</param>
/// <param name="Runs">Runs that gave something.</param>
public sealed record ExportedPreferences(string Folder, int Preferences, int Proven, int Rejected, int LeftOut, int Runs);
