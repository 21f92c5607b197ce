using System.Collections;

namespace System.Management.Automation;

/// <summary>Refuses null, empty texts, empty collections and collections with either in them.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateNotNullOrEmptyAttribute : NullValidationAttributeBase
{
    protected override void Validate(object? arguments, EngineIntrinsics? engineIntrinsics)
    {
        if (arguments is null or "")
        {
            throw new ValidationMetadataException("The argument is null or empty. Give a value that is not null or empty.");
        }

        if (arguments is not IEnumerable list || arguments is string)
        {
            return;
        }

        bool any = false;
        foreach (object? element in list)
        {
            any = true;
            if (element is null or "")
            {
                throw new ValidationMetadataException("An element of the argument is null or empty. Give a collection without such elements.");
            }
        }

        if (!any)
        {
            throw new ValidationMetadataException("The argument is an empty collection. Give at least one element.");
        }
    }
}
