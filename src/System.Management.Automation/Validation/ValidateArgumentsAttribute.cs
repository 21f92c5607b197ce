using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>Checks an argument after conversion.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public abstract class ValidateArgumentsAttribute : CmdletMetadataAttribute
{
    protected ValidateArgumentsAttribute()
    {
    }

    protected abstract void Validate(object? arguments, EngineIntrinsics? engineIntrinsics);

    internal void DoValidate(object? arguments, EngineIntrinsics engineIntrinsics) => Validate(arguments, engineIntrinsics);
}
