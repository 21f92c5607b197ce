using System.Management.Automation;

namespace Forge.Host.Terminal;

/// <summary>Writes lines to both streams and keeps the progress line below them.</summary>
/// <param name="streams">The streams.</param>
internal sealed class Screen(HostStreams streams)
{
    private const string EraseLine = "\r\u001b[K";

    private readonly Lock _lock = new();
    private readonly Dictionary<int, ProgressRecord> _open = [];
    private bool _isLineShown;

    /// <summary>Columns of the terminal.</summary>
    internal int Width => streams.Width;

    /// <summary>Writes a line for whoever takes the objects.</summary>
    internal void WriteOut(string line)
    {
        lock (_lock)
        {
            Erase();
            streams.Out.WriteLine(line);
            Redraw();
        }
    }

    /// <summary>Writes a line for the person or the log.</summary>
    /// <param name="line">The line.</param>
    /// <param name="colour">A colour for a terminal.</param>
    internal void WriteError(string line, TextColour colour = TextColour.Plain)
    {
        lock (_lock)
        {
            Erase();
            bool coloured = colour != TextColour.Plain && streams.HasColour && !streams.IsErrorRedirected;
            streams.Error.WriteLine(coloured ? $"\u001b[{(int)colour}m{line}\u001b[0m" : line);
            Redraw();
        }
    }

    /// <summary>Shows or ends an activity; nothing where no person watches.</summary>
    internal void ShowProgress(ProgressRecord record)
    {
        if (streams.IsErrorRedirected)
        {
            return;
        }

        lock (_lock)
        {
            if (record.RecordType == ProgressRecordType.Completed)
            {
                _open.Remove(record.ActivityId);
            }
            else
            {
                _open[record.ActivityId] = record;
            }

            Erase();
            Redraw();
        }
    }

    /// <summary>Asks the person, without progress in the way.</summary>
    internal string? Ask(string question)
    {
        lock (_lock)
        {
            Erase();
        }

        return streams.Prompt.Ask(question);
    }

    /// <summary>Leaves no progress line behind.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            _open.Clear();
            Erase();
        }
    }

    private void Erase()
    {
        if (_isLineShown)
        {
            streams.Error.Write(EraseLine);
            _isLineShown = false;
        }
    }

    private void Redraw()
    {
        string line = ProgressText.Line(_open.Values, streams.Width - 1);
        if (line.Length > 0)
        {
            streams.Error.Write(line);
            _isLineShown = true;
        }
    }
}
