using Forge.Core.Actions.Shell;
using Forge.Core.Checkpoints;
using Forge.Core.Journal;
using Forge.Core.Memory;
using Forge.Core.Models;
using Forge.Core.Operations;
using Forge.Core.Proposals;
using Forge.Core.Skills;
using Forge.Core.Targets;

namespace Forge.Core.Loop;

/// <summary>Everything that the loop needs from outside; put together once, at the edge.</summary>
public sealed record LoopPorts
{
    /// <summary>Opens connections.</summary>
    public required ITargetConnector Connector { get; init; }

    /// <summary>Reads facts and waits for boots.</summary>
    public required ITargetInspector Inspector { get; init; }

    /// <summary>The wrapper on the host.</summary>
    public required IOperationHostFactory OperationHosts { get; init; }

    /// <summary>Outside checkpoints.</summary>
    public required ICheckpointSource Checkpoints { get; init; }

    /// <summary>Runs and their journals.</summary>
    public required IRunStore Runs { get; init; }

    /// <summary>Lessons.</summary>
    public required IMemory Memory { get; init; }

    /// <summary>Skills and engines.</summary>
    public required SkillCatalog Skills { get; init; }

    /// <summary>Which models work in which roles.</summary>
    public IModelSource Models { get; init; } = NoModels.Instance;

    /// <summary>Who proposes an action for an item by its text; null where nobody does.</summary>
    public IProposalDesk? Proposals { get; init; }

    /// <summary>Reads what a model's script touches; null where nothing does.</summary>
    public IShellSyntax? Shell { get; init; }

    /// <summary>Folder for derived files.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Randomness, for run ids only.</summary>
    public Func<int> NextRandom { get; init; } = () => Random.Shared.Next();

    /// <summary>Called at named points of the loop; tests end the process there to prove that a resumed run ends as an undisturbed one.</summary>
    public Action<string> AtPoint { get; init; } = _ => { };

    /// <summary>Version of Forge, for the record.</summary>
    public string ForgeVersion { get; init; } = "";
}
