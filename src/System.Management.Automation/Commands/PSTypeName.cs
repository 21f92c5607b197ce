namespace System.Management.Automation;

/// <summary>The name of a type, resolved where it can be.</summary>
public class PSTypeName
{
    public PSTypeName(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        Type = type;
        Name = type.FullName ?? type.Name;
    }

    public PSTypeName(string name)
    {
        Name = name;
        Type = Type.GetType(name, throwOnError: false);
    }

    public string Name { get; }

    public Type? Type { get; }

    public override string ToString() => Name;
}
