using System.Management.Automation;
using Forge.Cmdlets.Composition;
using Forge.Cmdlets.Hosting;
using Forge.Core.Errors;
using Forge.Core.Targets;

namespace Forge.Cmdlets.Targets;

/// <summary>Adds a machine to the inventory.</summary>
/// <example>
/// <para>Adds a machine with its login and a tag.</para>
/// <code>New-ForgeTarget web01 -HostName web01.example.net -UserName ops -KeyFilePath ~/.ssh/id_ed25519 -Tag web</code>
/// </example>
/// <example>
/// <para>Adds all machines of a list.</para>
/// <code>Import-Csv ./hosts.csv | New-ForgeTarget -Tag web</code>
/// </example>
[Cmdlet(VerbsCommon.New, "ForgeTarget", SupportsShouldProcess = true)]
[OutputType(typeof(TargetDescription))]
public sealed class NewForgeTargetCommand : SshCmdlet
{
    /// <summary>Name in the inventory.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, HelpMessage = "Name in the inventory: letters, digits, dot, dash, underscore.")]
    [ValidatePattern("^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    [Alias("Target")]
    public string Name { get; set; } = "";

    /// <summary>File with the sudo password.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "File (mode 0600) whose first line is the sudo password; none where sudo asks for none.")]
    public string? SudoPasswordFile { get; set; }

    /// <summary>Seconds to wait for a connection, 1 to 600.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Seconds to wait for a connection.")]
    [ValidateRange(1, 600)]
    public int ConnectingTimeout { get; set; } = 15;

    /// <summary>Tags for selection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, HelpMessage = "Tags for selection, used as tag:...")]
    public string[] Tag { get; set; } = [];

    /// <summary>This machine itself, without ssh.</summary>
    [Parameter(HelpMessage = "This machine itself, without ssh.")]
    public SwitchParameter Local { get; set; }

    /// <summary>Accept the host key that the machine shows now, after its fingerprint was compared.</summary>
    [Parameter(HelpMessage = "Fingerprint (SHA256:...) of the host key to trust; without it a key must be known already.")]
    public string? HostKeyFingerprint { get; set; }

    /// <summary>Replace an entry of the same name.</summary>
    [Parameter(HelpMessage = "Replace an entry of the same name.")]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        var target = DescribeTarget(Name) with
        {
            Transport = Local ? TargetTransport.Local : TargetTransport.Ssh,
            SudoPasswordFile = SudoPasswordFile is { } file ? GetUnresolvedProviderPathFromPSPath(file) : null,
            ConnectingTimeout = ConnectingTimeout,
            Tags = Tag,
        };
        if (await sink.ShouldProcessAsync($"{Name} ({UserName}@{HostName ?? Name})", $"add to {ForgeServices.Current.Home.TargetsFile}"))
        {
            if (HostKeyFingerprint is { } fingerprint)
            {
                await TrustAsync(target, fingerprint, cancellationToken);
            }

            await ForgeServices.Current.Inventory.AddAsync(target, Force, cancellationToken);
            await sink.WriteAsync(target);
        }
    }

    private static async Task TrustAsync(TargetDescription target, string fingerprint, CancellationToken cancellationToken)
    {
        var shown = await ForgeServices.Current.HostKeys.FetchAsync(target, cancellationToken);
        if (shown.Fingerprint != fingerprint)
        {
            throw new ForgeException(
                "TargetHostKeyChanged",
                ForgeErrorKind.Denied,
                $"{target.Name} shows the host key {shown.Fingerprint} ({shown.Algorithm}), not {fingerprint}.",
                "Compare with ssh-keygen -lf on the machine's own console. Nothing was added.",
                target.Name);
        }

        await ForgeServices.Current.HostKeys.TrustAsync(shown, cancellationToken);
    }
}
