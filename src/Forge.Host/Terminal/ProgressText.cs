using System.Globalization;
using System.Management.Automation;

namespace Forge.Host.Terminal;

/// <summary>The one line that says how far it is.</summary>
internal static class ProgressText
{
    private const int BarWidth = 20;

    /// <summary>Writes the open activities in one line: the outermost with its bar, then what is being done under it.</summary>
    /// <param name="open">The open activities.</param>
    /// <param name="width">At most so many characters.</param>
    internal static string Line(IEnumerable<ProgressRecord> open, int width)
    {
        ProgressRecord[] records = [.. open.OrderBy(record => record.ParentActivityId >= 0).ThenBy(record => record.ActivityId)];
        if (records.Length == 0)
        {
            return "";
        }

        ProgressRecord root = records[0];
        string line = root.Activity;
        if (root.PercentComplete >= 0)
        {
            int done = Math.Min(BarWidth, root.PercentComplete * BarWidth / 100);
            line += $"   [{new string('#', done)}{new string('-', BarWidth - done)}]";
        }

        line += $"  {root.StatusDescription}";
        line += string.IsNullOrEmpty(root.CurrentOperation) ? "" : $"   {root.CurrentOperation}";
        line += root.SecondsRemaining >= 0 ? $"   left {TimeSpan.FromSeconds(root.SecondsRemaining).ToString("m\\:ss", CultureInfo.InvariantCulture)}" : "";
        foreach (ProgressRecord child in records.Skip(1))
        {
            line += $" · {child.Activity}: {child.StatusDescription}";
        }

        line = line.ReplaceLineEndings(" ");
        return line.Length <= width ? line : string.Concat(line.AsSpan(0, Math.Max(0, width - 1)), "…");
    }
}
