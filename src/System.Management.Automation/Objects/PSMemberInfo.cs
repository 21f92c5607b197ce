namespace System.Management.Automation;

/// <summary>A member of a <see cref="PSObject"/>.</summary>
public abstract class PSMemberInfo
{
    protected PSMemberInfo()
    {
    }

    public string Name { get; private set; } = "";

    public bool IsInstance => true;

    public abstract PSMemberTypes MemberType { get; }

    public abstract string TypeNameOfValue { get; }

    public abstract object? Value { get; set; }

    public abstract PSMemberInfo Copy();

    protected void SetMemberName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }
}
