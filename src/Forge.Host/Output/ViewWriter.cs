using Forge.Host.Output.Views;
using Forge.Host.Terminal;

namespace Forge.Host.Output;

/// <summary>Tables and lists for people. The first rows are held back for a moment so that the columns fit; after that each row is written at once.</summary>
/// <param name="screen">Where to.</param>
/// <param name="formats">The views.</param>
internal sealed class ViewWriter(Screen screen, FormatCatalog formats) : IObjectWriter, IDisposable
{
    private static readonly TimeSpan HoldBack = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly List<string[]> _held = [];
    private Timer? _timer;
    private View? _view;
    private TextTable? _table;
    private bool _wroteAny;

    /// <inheritdoc/>
    public void Write(object? value)
    {
        if (value is null)
        {
            return;
        }

        lock (_lock)
        {
            if (value is string or ValueType)
            {
                Flush();
                _view = null;
                screen.WriteOut(PropertyReader.Text(value, null));
                return;
            }

            View view = formats.For(value) ?? (_view is { TypeNames: [] } same && same.Name == value.GetType().Name ? same : View.Of(value));
            if (!ReferenceEquals(view, _view))
            {
                Flush();
                _view = view;
                _table = null;
            }

            if (view.IsTable)
            {
                Row([.. view.Columns.Select(column => column.TextOf(value))]);
            }
            else
            {
                List(view, value);
            }
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        lock (_lock)
        {
            Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Row(string[] cells)
    {
        if (_table is not null)
        {
            screen.WriteOut(_table.Lay(cells));
            return;
        }

        _held.Add(cells);
        _timer ??= new Timer(_ => Complete());
        if (_held.Count == 1)
        {
            _timer.Change(HoldBack, Timeout.InfiniteTimeSpan);
        }
    }

    private void Flush()
    {
        if (_held.Count == 0 || _view is null)
        {
            return;
        }

        _table = new TextTable(_view, _held, screen.Width);
        Separate();
        screen.WriteOut(_table.Heading);
        foreach (string[] row in _held)
        {
            screen.WriteOut(_table.Lay(row));
        }

        _held.Clear();
    }

    private void List(View view, object value)
    {
        Separate();
        int width = view.Columns.Count == 0 ? 0 : view.Columns.Max(column => column.Label.Length);
        foreach (ViewColumn column in view.Columns)
        {
            screen.WriteOut($"{column.Label.PadRight(width)} : {column.TextOf(value)}".TrimEnd());
        }
    }

    private void Separate()
    {
        if (_wroteAny)
        {
            screen.WriteOut("");
        }

        _wroteAny = true;
    }
}
