namespace System.Management.Automation.Internal;

/// <summary>Root of the attributes that describe commands and parameters.</summary>
[AttributeUsage(AttributeTargets.All)]
public abstract class CmdletMetadataAttribute : Attribute
{
    internal CmdletMetadataAttribute()
    {
    }
}
