namespace Forge.Core.Memory;

/// <summary>Port: what is remembered from run to run.</summary>
public interface IMemory
{
    /// <summary>Stores a lesson.</summary>
    Task RecordAsync(Tip tip, CancellationToken cancellationToken);

    /// <summary>Lessons on an item from this host, newest first, then from other hosts of the platform, newest first.</summary>
    Task<IReadOnlyList<Tip>> RecallAsync(string skill, string item, string target, string platform, CancellationToken cancellationToken);
}
