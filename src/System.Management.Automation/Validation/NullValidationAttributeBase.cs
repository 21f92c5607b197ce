namespace System.Management.Automation;

/// <summary>Root of the attributes that refuse nothing.</summary>
public abstract class NullValidationAttributeBase : ValidateArgumentsAttribute
{
    protected NullValidationAttributeBase()
    {
    }
}
