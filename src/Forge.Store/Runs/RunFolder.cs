using System.Text.RegularExpressions;
using Forge.Core.Errors;

namespace Forge.Store.Runs;

/// <summary>
/// Paths of one run: <c>run.json</c>, <c>events.jsonl</c>, <c>events.head.json</c>, <c>blobs/</c>, <c>run.lock</c> and <c>run.owner.json</c>.
/// </summary>
internal sealed partial class RunFolder
{
    public RunFolder(string runsFolder, string runId)
    {
        if (!IsRunId(runId))
        {
            throw new ForgeException(
                "RunIdInvalid",
                ForgeErrorKind.BadInput,
                $"'{runId}' cannot be the id of a run.",
                "Use letters, digits, '.', '_' and '-'; Get-ForgeRun lists the runs there are.",
                runId);
        }

        RunId = runId;
        Root = Path.Combine(runsFolder, runId);
    }

    public string RunId { get; }

    public string Root { get; }

    public string Record => Path.Combine(Root, "run.json");

    public string Events => Path.Combine(Root, "events.jsonl");

    public string Head => Path.Combine(Root, "events.head.json");

    public string Blobs => Path.Combine(Root, "blobs");

    public string Lock => Path.Combine(Root, "run.lock");

    public string Owner => Path.Combine(Root, "run.owner.json");

    /// <summary>Whether there is a run; a folder with nothing but an empty journal is one that was never complete.</summary>
    public bool Exists => File.Exists(Record) || (File.Exists(Events) && new FileInfo(Events).Length > 0);

    /// <summary>Ids of the runs in a folder, in no order; what is not a run's folder is left out.</summary>
    public static IEnumerable<string> IdsIn(string runsFolder) =>
        Directory.Exists(runsFolder)
            ? Directory.EnumerateDirectories(runsFolder).Select(p => Path.GetFileName(p)).Where(IsRunId).Where(id => new RunFolder(runsFolder, id).Exists)
            : [];

    public ForgeException NotFound() =>
        new(
            "RunNotFound",
            ForgeErrorKind.NotFound,
            $"There is no run '{RunId}' in {Path.GetDirectoryName(Root)}.",
            "Get-ForgeRun lists the runs there are.",
            RunId);

    private static bool IsRunId(string id) => RunIdPattern().IsMatch(id);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,199}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RunIdPattern();
}
