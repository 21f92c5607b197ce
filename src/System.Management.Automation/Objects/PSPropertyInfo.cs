namespace System.Management.Automation;

/// <summary>A property of a <see cref="PSObject"/>.</summary>
public abstract class PSPropertyInfo : PSMemberInfo
{
    protected PSPropertyInfo()
    {
    }

    public abstract bool IsSettable { get; }

    public abstract bool IsGettable { get; }
}
