namespace Forge.Lab.Tests;

/// <summary>Tests that boot machines run one after another: their times are printed, and two cores are few.</summary>
[CollectionDefinition("machines", DisableParallelization = true)]
public sealed class MachinesCollection;
