using System.Collections.ObjectModel;

namespace System.Management.Automation;

/// <summary>An object with properties and type names added to it.</summary>
public class PSObject
{
    private PSMemberInfoCollection<PSPropertyInfo>? _properties;
    private Collection<string>? _typeNames;

    public PSObject()
        : this(CustomObject.Instance)
    {
    }

    public PSObject(object obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        ImmediateBaseObject = obj;
    }

    public object BaseObject => ImmediateBaseObject is PSObject inner ? inner.BaseObject
        : ImmediateBaseObject is CustomObject ? this
        : ImmediateBaseObject;

    public object ImmediateBaseObject { get; }

    public PSMemberInfoCollection<PSPropertyInfo> Properties
        => _properties ??= ImmediateBaseObject is PSObject inner ? inner.Properties : new InstanceProperties(ImmediateBaseObject);

    public Collection<string> TypeNames => _typeNames ??= ImmediateBaseObject is PSObject inner ? inner.TypeNames : NamesOf(ImmediateBaseObject.GetType());

    public static PSObject AsPSObject(object obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return obj as PSObject ?? new PSObject(obj);
    }

    public override string ToString()
        => BaseObject is PSObject
            ? $"@{{{string.Join("; ", Properties.Select(p => $"{p.Name}={p.Value}"))}}}"
            : BaseObject.ToString() ?? "";

    public override bool Equals(object? obj)
        => ReferenceEquals(this, obj) || (BaseObject is not PSObject && BaseObject.Equals(obj is PSObject other ? other.BaseObject : obj));

    public override int GetHashCode() => BaseObject is PSObject ? base.GetHashCode() : BaseObject.GetHashCode();

    private static Collection<string> NamesOf(Type type)
    {
        var names = new Collection<string>();
        if (type == typeof(CustomObject))
        {
            names.Add("System.Management.Automation.PSCustomObject");
            names.Add("System.Object");
            return names;
        }

        for (Type? t = type; t is not null; t = t.BaseType)
        {
            names.Add(t.FullName ?? t.Name);
        }

        return names;
    }
}
