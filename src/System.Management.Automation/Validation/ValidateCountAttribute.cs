using System.Collections;

namespace System.Management.Automation;

/// <summary>Refuses collections that are too short or too long.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateCountAttribute : ValidateArgumentsAttribute
{
    public ValidateCountAttribute(int minLength, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minLength);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxLength);
        MinLength = minLength;
        MaxLength = maxLength;
    }

    public int MinLength { get; }

    public int MaxLength { get; }

    protected override void Validate(object? arguments, EngineIntrinsics? engineIntrinsics)
    {
        int count = arguments switch
        {
            null => 0,
            ICollection collection => collection.Count,
            IEnumerable list and not string => list.Cast<object?>().Count(),
            _ => throw new ValidationMetadataException("ValidateCount is for collections."),
        };
        if (count < MinLength || count > MaxLength)
        {
            throw new ValidationMetadataException($"{count} values were given. Give from {MinLength} to {MaxLength} values.");
        }
    }
}
