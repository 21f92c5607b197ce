namespace System.Management.Automation;

/// <summary>A property with a value of its own.</summary>
public class PSNoteProperty : PSPropertyInfo
{
    public PSNoteProperty(string name, object? value)
    {
        SetMemberName(name);
        Value = value;
    }

    public override PSMemberTypes MemberType => PSMemberTypes.NoteProperty;

    public override bool IsSettable => true;

    public override bool IsGettable => true;

    public override object? Value { get; set; }

    public override string TypeNameOfValue => Value?.GetType().FullName ?? "System.Object";

    public override PSMemberInfo Copy() => new PSNoteProperty(Name, Value);

    public override string ToString() => $"{TypeNameOfValue} {Name}={Value}";
}
