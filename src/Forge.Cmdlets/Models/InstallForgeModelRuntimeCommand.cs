using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Llama;
using Forge.Llama.Runtime;

namespace Forge.Cmdlets.Models;

/// <summary>Fetches the pinned llama.cpp libraries through this machine's npm, proves their digest, and installs them in the cache.</summary>
/// <example>
/// <para>Installs the libraries for models, for a GPU where there is one.</para>
/// <code>Install-ForgeModelRuntime</code>
/// </example>
/// <example>
/// <para>Installs those that need no GPU.</para>
/// <code>Install-ForgeModelRuntime Cpu -Confirm:$false</code>
/// </example>
[Cmdlet(VerbsLifecycle.Install, "ForgeModelRuntime", SupportsShouldProcess = true)]
[OutputType(typeof(InstalledModelRuntime))]
public sealed class InstallForgeModelRuntimeCommand : ForgeCmdlet
{
    /// <summary>What is to compute; Auto stands for the processor.</summary>
    [Parameter(Position = 0, HelpMessage = "What is to compute: Cpu (default), Vulkan or Cuda.")]
    public ModelBackend Backend { get; set; } = ModelBackend.Cpu;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var backend = Backend == ModelBackend.Auto ? ModelBackend.Cpu : Backend;
        var installer = new ModelRuntimeInstaller(Path.Combine(ForgeServices.Current.Home.Cache, "model-runtime"));
        if (installer.Find(backend) is { } there)
        {
            await sink.WriteAsync(new InstalledModelRuntime(backend, installer.Version, there));
        }
        else if (await sink.ShouldProcessAsync($"{backend} {installer.Version}", "fetch and install the model runtime"))
        {
            await sink.WriteAsync(new InstalledModelRuntime(backend, installer.Version, await installer.InstallAsync(backend, cancellationToken)));
        }
    }
}
