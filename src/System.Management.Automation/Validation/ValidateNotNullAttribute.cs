using System.Collections;

namespace System.Management.Automation;

/// <summary>Refuses null and collections with a null in them.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateNotNullAttribute : NullValidationAttributeBase
{
    protected override void Validate(object? arguments, EngineIntrinsics? engineIntrinsics)
    {
        if (arguments is null || (arguments is IEnumerable list and not string && list.Cast<object?>().Any(element => element is null)))
        {
            throw new ValidationMetadataException("The argument is null, or an element of it is null. Give a value that is not null.");
        }
    }
}
