namespace Forge.Build.Benches;

/// <summary>The benches there are: the one place that knows them.</summary>
internal static class BenchList
{
    /// <summary>Where benches leave their figures.</summary>
    public const string Folder = "out/bench";

    public static IReadOnlyList<IBench> All { get; } = [new PeerOscapBench(), new VerifyBench(), new SshBench(), new FleetBench(), new UndoBench(), new ModelBench(), new HardenerBench(), new ExtractorBench(), new ArmsBench()];

    public static IBench? Find(string name) => All.FirstOrDefault(b => b.Name == name);
}
