namespace Forge.Host.Output;

/// <summary>Writes the objects of a command.</summary>
internal interface IObjectWriter
{
    /// <summary>Writes an object as soon as it can.</summary>
    void Write(object? value);

    /// <summary>Writes what is held back.</summary>
    void Complete();
}
