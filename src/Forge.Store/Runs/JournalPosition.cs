using System.Security.Cryptography;
using System.Text;

namespace Forge.Store.Runs;

/// <summary>A place between two lines of a journal, from which reading or writing can go on.</summary>
/// <param name="Offset">Byte in the file at which the next line starts.</param>
/// <param name="Sequence">Number of the line before; 0 at the start.</param>
/// <param name="Hash">Hash of the line before; at the start the run's own first link.</param>
internal readonly record struct JournalPosition(long Offset, long Sequence, string Hash)
{
    /// <summary>The start of a run's journal. The first link holds the run's id, so that a journal does not fit another run's folder.</summary>
    public static JournalPosition Start(string runId) =>
        new(0, 0, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("forge-journal-1:" + runId))));
}
