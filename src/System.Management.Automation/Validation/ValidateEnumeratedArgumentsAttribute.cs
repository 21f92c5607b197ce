using System.Collections;

namespace System.Management.Automation;

/// <summary>Checks each element of an argument.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public abstract class ValidateEnumeratedArgumentsAttribute : ValidateArgumentsAttribute
{
    protected ValidateEnumeratedArgumentsAttribute()
    {
    }

    protected abstract void ValidateElement(object? element);

    protected override void Validate(object? arguments, EngineIntrinsics? engineIntrinsics)
    {
        if (arguments is null)
        {
            throw new ValidationMetadataException("The argument is null.");
        }

        if (arguments is IEnumerable list and not string)
        {
            foreach (object? element in list)
            {
                ValidateElement(element);
            }

            return;
        }

        ValidateElement(arguments);
    }
}
