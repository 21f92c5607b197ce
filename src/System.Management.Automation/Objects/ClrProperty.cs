using System.Reflection;

namespace System.Management.Automation;

/// <summary>A property of the object that a <see cref="PSObject"/> wraps.</summary>
internal sealed class ClrProperty : PSPropertyInfo
{
    private readonly object _owner;
    private readonly PropertyInfo _property;

    internal ClrProperty(object owner, PropertyInfo property)
    {
        _owner = owner;
        _property = property;
        SetMemberName(property.Name);
    }

    public override PSMemberTypes MemberType => PSMemberTypes.Property;

    public override bool IsSettable => _property.SetMethod is { IsPublic: true };

    public override bool IsGettable => true;

    public override object? Value
    {
        get => _property.GetValue(_owner);
        set => _property.SetValue(_owner, value);
    }

    public override string TypeNameOfValue => _property.PropertyType.FullName ?? _property.PropertyType.Name;

    public override PSMemberInfo Copy() => new ClrProperty(_owner, _property);
}
