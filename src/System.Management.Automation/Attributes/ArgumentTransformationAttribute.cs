using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>Turns an argument into another before it is converted to the parameter's type.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public abstract class ArgumentTransformationAttribute : CmdletMetadataAttribute
{
    protected ArgumentTransformationAttribute()
    {
    }

    public virtual bool TransformNullOptionalParameters => true;

    public abstract object? Transform(EngineIntrinsics? engineIntrinsics, object? inputData);
}
