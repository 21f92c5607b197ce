using System.Management.Automation;
using Forge.Host.Terminal;

namespace Forge.Host.Output;

/// <summary>One JSON value a line, for programs; a reader that has gone stops the command as a downstream stop does in PowerShell.</summary>
/// <param name="screen">Where to.</param>
internal sealed class JsonLineWriter(Screen screen) : IObjectWriter
{
    /// <inheritdoc/>
    public void Write(object? value)
    {
        string line = JsonForm.Write(value);
        try
        {
            screen.WriteOut(line);
        }
        catch (IOException exception) when (HostStreams.IsReaderGone(exception))
        {
            throw new PipelineStoppedException("Nobody reads the output any more.", exception);
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        // Nothing is held back.
    }
}
