namespace System.Management.Automation;

/// <summary>What a <see cref="PSObject"/> without an object of its own wraps.</summary>
internal sealed class CustomObject
{
    private CustomObject()
    {
    }

    internal static CustomObject Instance { get; } = new();

    public override string ToString() => "";
}
