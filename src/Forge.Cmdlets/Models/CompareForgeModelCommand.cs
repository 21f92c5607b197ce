using System.Management.Automation;
using Forge.Core.Errors;
using Forge.Core.Proposals;
using Forge.Core.Proposals.HeldOut;
using Forge.Cmdlets.Hosting;
using Forge.Models.Hardening;

namespace Forge.Cmdlets.Models;

/// <summary>Compares two hardening models over rules on which neither was trained, paired by rule, and claims no more than the data can show.</summary>
/// <example>
/// <para>Says whether a model of your own answers held-out rules better than the one that came with Forge.</para>
/// <code>Compare-ForgeModel forge-hardener forge-hardener-own</code>
/// </example>
/// <example>
/// <para>Looks at manual-check wording alone, for ten minutes at the most.</para>
/// <code>Compare-ForgeModel forge-hardener forge-hardener-own -Wording Check -Budget 0:10:00</code>
/// </example>
[Cmdlet(VerbsData.Compare, "ForgeModel")]
[OutputType(typeof(ProposalComparison))]
public sealed class CompareForgeModelCommand : HardenerCmdlet
{
    /// <summary>What is compared against.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "Hardening model to compare against; None for no model.")]
    [Alias("ReferenceModel")]
    [ArgumentCompleter(typeof(HardenerCompleter))]
    public string Reference { get; set; } = "";

    /// <summary>What is compared.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, HelpMessage = "Hardening model that is compared with the reference.")]
    [Alias("DifferenceModel", "Name")]
    [ArgumentCompleter(typeof(HardenerCompleter))]
    public string Difference { get; set; } = "";

    /// <summary>Whose words.</summary>
    [Parameter(HelpMessage = "Words in which the rules are asked: Content, Check or All.")]
    public ComparedWording Wording { get; set; } = ComparedWording.All;

    /// <summary>Names of sets; default all but the one that is opened once.</summary>
    [Parameter(HelpMessage = "Sets of held-out rules, for example test; default all but final.")]
    public string[] Set { get; set; } = [];

    /// <summary>File with held-out rules.</summary>
    [Parameter(HelpMessage = "File with held-out rules (JSON lines); default the one that came with Forge.")]
    public string? HeldOutPath { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(ICmdletSink sink, CancellationToken cancellationToken)
    {
        if (Reference == Difference)
        {
            throw new ForgeException("ModelGivenTwice", ForgeErrorKind.BadInput, $"The model '{Reference}' is given twice; compared with itself nothing differs.", "Name two hardening models; Get-ForgeModel lists them.", Reference);
        }

        var (reference, difference) = (Find(Reference), Find(Difference));
        var heldOut = HeldOutReader.Read(HeldOutPath is null ? Shelf.HeldOutPath : System.IO.Path.GetFullPath(GetUnresolvedProviderPathFromPSPath(HeldOutPath)));
        foreach (var model in new[] { reference, difference }.OfType<HardenerModel>())
        {
            if (HardenerShelf.Leaked(model, heldOut) is { Count: > 0 } leaked)
            {
                await sink.WriteWarningAsync($"{model.Name} was trained on {leaked.Count} of the rules in {heldOut.File}: what it shows there is memory.");
            }
        }

        await sink.WriteAsync(await Contest.CompareAsync(reference, difference, heldOut.Select(Set, WordingOf()), Budget, ProgressOf(sink), cancellationToken));
    }

    private static HardenerModel? Find(string name) => name == HardenerShelf.None ? null : Shelf.Find(name);

    private RuleWording? WordingOf() => Wording switch { ComparedWording.Content => RuleWording.Content, ComparedWording.Check => RuleWording.Check, _ => null };
}
