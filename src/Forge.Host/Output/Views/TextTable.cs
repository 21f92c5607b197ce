namespace Forge.Host.Output.Views;

/// <summary>Lays out the rows of a table.</summary>
internal sealed class TextTable
{
    private const string Gap = "  ";

    private readonly View _view;
    private readonly int[] _widths;

    /// <summary>Fits the columns to the first rows.</summary>
    /// <param name="view">The columns.</param>
    /// <param name="first">The rows that are known.</param>
    /// <param name="width">Characters of the terminal.</param>
    internal TextTable(View view, IReadOnlyList<string[]> first, int width)
    {
        _view = view;
        _widths = [.. view.Columns.Select((column, i) => column.Width > 0
            ? Math.Max(column.Width, column.Label.Length)
            : Math.Max(column.Label.Length, first.Count == 0 ? 0 : first.Max(row => row[i].Length)))];
        Shrink(width);
    }

    /// <summary>The heading.</summary>
    internal string Heading => Lay([.. _view.Columns.Select(column => column.Label)]);

    /// <summary>One row.</summary>
    internal string Lay(string[] cells)
    {
        var line = new System.Text.StringBuilder();
        for (int i = 0; i < cells.Length; i++)
        {
            bool last = i == cells.Length - 1;
            string cell = Cut(cells[i], _widths[i]);
            line.Append(_view.Columns[i].AlignsRight ? cell.PadLeft(_widths[i]) : last ? cell : cell.PadRight(_widths[i]));
            line.Append(last ? "" : Gap);
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>Takes from the widest columns until the table fits.</summary>
    private void Shrink(int width)
    {
        int over = _widths.Sum() + (Gap.Length * (_widths.Length - 1)) - width;
        while (over > 0)
        {
            int widest = Array.IndexOf(_widths, _widths.Max());
            if (_widths[widest] <= _view.Columns[widest].Label.Length || _widths[widest] <= 8)
            {
                return;
            }

            _widths[widest]--;
            over--;
        }
    }

    private static string Cut(string cell, int width) => cell.Length <= width ? cell : string.Concat(cell.AsSpan(0, Math.Max(0, width - 1)), "…");
}
