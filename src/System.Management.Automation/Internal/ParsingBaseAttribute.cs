namespace System.Management.Automation.Internal;

/// <summary>Root of the attributes that decide how arguments are parsed.</summary>
[AttributeUsage(AttributeTargets.All)]
public abstract class ParsingBaseAttribute : CmdletMetadataAttribute
{
    internal ParsingBaseAttribute()
    {
    }
}
