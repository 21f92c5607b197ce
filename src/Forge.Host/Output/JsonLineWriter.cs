using Forge.Host.Terminal;

namespace Forge.Host.Output;

/// <summary>One JSON value a line, for programs.</summary>
/// <param name="screen">Where to.</param>
internal sealed class JsonLineWriter(Screen screen) : IObjectWriter
{
    /// <inheritdoc/>
    public void Write(object? value) => screen.WriteOut(JsonForm.Write(value));

    /// <inheritdoc/>
    public void Complete()
    {
        // Nothing is held back.
    }
}
