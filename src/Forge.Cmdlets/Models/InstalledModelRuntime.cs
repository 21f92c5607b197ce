using Forge.Llama;

namespace Forge.Cmdlets.Models;

/// <summary>A model runtime on this machine.</summary>
/// <param name="Backend">What it computes with.</param>
/// <param name="Version">Version of the pinned packages.</param>
/// <param name="Folder">Where it is.</param>
public sealed record InstalledModelRuntime(ModelBackend Backend, string Version, string Folder);
