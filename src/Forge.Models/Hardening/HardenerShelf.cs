using Forge.Core.Errors;
using Forge.Core.Proposals;
using Forge.Core.Proposals.HeldOut;

namespace Forge.Models.Hardening;

/// <summary>The hardening models of this machine: the one that came with Forge, the user's own, and which of them is enabled.</summary>
/// <param name="shipped">Folder of the model that came with Forge; it need not exist.</param>
/// <param name="own">Folder with the user's own, a folder each, and with <c>enabled.json</c>; it need not exist.</param>
public sealed class HardenerShelf(string shipped, string own)
{
    /// <summary>Stands for no model: hardening models are switched off.</summary>
    public const string None = "None";

    /// <summary>The file with what was decided.</summary>
    public string HistoryFile => Path.Combine(own, "enabled.json");

    /// <summary>Folder with the user's own models.</summary>
    public string OwnFolder => own;

    /// <summary>The file with the rules on which no model is trained: the one that came with Forge.</summary>
    public string HeldOutPath => Path.Combine(shipped, HardenerFolder.HeldOutFile);

    /// <summary>All models, the shipped one first.</summary>
    /// <param name="faults">Folders that cannot be read, and why.</param>
    public IReadOnlyList<HardenerModel> List(out IReadOnlyList<ForgeException> faults)
    {
        var (models, wrong) = (new List<HardenerModel>(), new List<ForgeException>());
        foreach (var (folder, isShipped) in Folders())
        {
            try
            {
                var model = HardenerFolder.Read(folder, isShipped);
                models.Add(models.Exists(m => m.Name == model.Name) ? throw Taken(model) : model);
            }
            catch (ForgeException e) when (e.Id is "HardenerInvalid" or "HardenerNameTaken")
            {
                wrong.Add(e);
            }
        }

        faults = wrong;
        return models;
    }

    /// <summary>One model.</summary>
    /// <exception cref="ForgeException">Id <c>ModelNotFound</c>, or why its folder cannot be read.</exception>
    public HardenerModel Find(string name)
    {
        var all = List(out var faults);
        return all.FirstOrDefault(m => m.Name == name)
            ?? throw faults.FirstOrDefault(f => f.Subject is string path && Path.GetFileName(Path.GetDirectoryName(path)) == name)
            ?? new ForgeException(
                "ModelNotFound", ForgeErrorKind.NotFound, $"There is no hardening model '{name}'.",
                all.Count == 0 ? $"Put its folder into {own}." : $"Hardening models are {string.Join(", ", all.Select(m => m.Name))}.", name);
    }

    /// <summary>Name of what is enabled: the shipped one where nothing was decided; <see cref="None"/> where it is switched off, or there is no model at all.</summary>
    public string EnabledName => HardenerHistory.Read(HistoryFile).Standing() is [.., var last] ? last.Name : ShippedName;

    /// <summary>The enabled model; null where none is. Whoever opens it checks its file's digest.</summary>
    /// <exception cref="ForgeException">Ids <c>ModelNotFound</c>, <c>HardenerInvalid</c>, <c>HardenerHistoryInvalid</c>; <c>HardenerReplaced</c>: an own model is not the one any more that was enabled.</exception>
    public HardenerModel? Enabled() =>
        HardenerHistory.Read(HistoryFile).Standing() is [.., var last] ? Usable(last)
        : ShippedName == None ? null
        : HardenerFolder.Read(shipped, true);

    /// <summary>All decisions, oldest first.</summary>
    public IReadOnlyList<HardenerChange> History() => HardenerHistory.Read(HistoryFile).Changes;

    /// <summary>Adds a decision.</summary>
    public async Task RecordAsync(HardenerChange change, CancellationToken cancellationToken)
    {
        var history = HardenerHistory.Read(HistoryFile);
        await new HardenerHistory([.. history.Changes, change]).WriteAsync(HistoryFile, cancellationToken);
    }

    /// <summary>What was enabled before what is enabled now, the nearest first, down to the shipped model; what cannot be used any more has a fault.</summary>
    public IReadOnlyList<(string Name, HardenerModel? Model, ForgeException? Fault)> Before()
    {
        var standing = HardenerHistory.Read(HistoryFile).Standing();
        var before = standing.SkipLast(1).Reverse().Select(Look).ToList();
        if (standing.Count > 0 && standing[0].Name != ShippedName)
        {
            before.Add(ShippedName == None ? (None, null, null) : Look(ShippedName, () => HardenerFolder.Read(shipped, true)));
        }

        return before;
    }

    /// <summary>Rules that are held out and that a model was trained on all the same; empty where there are none, null where its folder does not say.</summary>
    public static IReadOnlyList<string>? Leaked(HardenerModel model, HeldOutSet heldOut) => model.Data.Digest == heldOut.Digest
        ? [.. heldOut.Rules.Select(r => r.Id).Distinct(StringComparer.Ordinal)]
        : HardenerFolder.TrainedIds(model) is { } ids ? [.. heldOut.Rules.Select(r => r.Id).Intersect(ids, StringComparer.Ordinal)] : null;

    private string ShippedName => File.Exists(Path.Combine(shipped, HardenerFolder.DescriptionFile)) ? Path.GetFileName(Path.GetFullPath(shipped)) : None;

    private IEnumerable<(string Folder, bool IsShipped)> Folders()
    {
        IEnumerable<(string, bool)> first = ShippedName == None ? [] : [(shipped, true)];
        return Directory.Exists(own) ? first.Concat(Directory.EnumerateDirectories(own).Order(StringComparer.Ordinal).Select(f => (f, false))) : first;
    }

    private HardenerModel? Usable(HardenerChange change)
    {
        if (change.Name == None)
        {
            return null;
        }

        HardenerModel model;
        try
        {
            model = Find(change.Name);
        }
        catch (ForgeException e)
        {
            throw new ForgeException(e.Id, e.Kind, $"The hardening model {change.Name} was enabled and cannot be used any more: {e.Message}", "Disable-ForgeModel restores the one before it.", change.Name, e);
        }

        // A newer Forge brings a newer model with figures of its own; an own model that changed since has shown nothing yet.
        return model.IsShipped || model.Sha256 == change.Sha256 ? model : throw new ForgeException(
            "HardenerReplaced", ForgeErrorKind.Conflict, $"The model {model.Name} is not the one that was enabled: its file has another digest now.",
            $"Enable it again (Disable-ForgeModel, then Enable-ForgeModel {model.Name}), so that it is compared.", model.Name);
    }

    private (string, HardenerModel?, ForgeException?) Look(HardenerChange change) => Look(change.Name, () => Usable(change));

    private static (string, HardenerModel?, ForgeException?) Look(string name, Func<HardenerModel?> read)
    {
        try
        {
            return (name, read(), null);
        }
        catch (ForgeException e) when (e.Id is "ModelNotFound" or "HardenerInvalid" or "HardenerReplaced" or "HardenerNameTaken")
        {
            return (name, null, e);
        }
    }

    private static ForgeException Taken(HardenerModel model) => new(
        "HardenerNameTaken", ForgeErrorKind.Conflict, $"{Path.Combine(model.Folder, HardenerFolder.DescriptionFile)}: name: '{model.Name}' is the name of the model that came with Forge",
        "Give the folder and the model another name.", Path.Combine(model.Folder, HardenerFolder.DescriptionFile));
}
