using System.Globalization;

namespace System.Management.Automation;

/// <summary>Refuses what is outside of a range, both ends included.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateRangeAttribute : ValidateEnumeratedArgumentsAttribute
{
    public ValidateRangeAttribute(object minRange, object maxRange)
    {
        ArgumentNullException.ThrowIfNull(minRange);
        ArgumentNullException.ThrowIfNull(maxRange);
        MinRange = minRange;
        MaxRange = maxRange;
    }

    public object MinRange { get; }

    public object MaxRange { get; }

    protected override void ValidateElement(object? element)
    {
        if (element is null)
        {
            throw new ValidationMetadataException("The argument is null.");
        }

        object minimum = LikeElement(MinRange, element);
        object maximum = LikeElement(MaxRange, element);
        if (element is not IComparable value || minimum.GetType() != element.GetType())
        {
            throw new ValidationMetadataException($"The argument \"{element}\" cannot be compared with the range {MinRange} to {MaxRange}.");
        }

        if (value.CompareTo(minimum) < 0)
        {
            throw new ValidationMetadataException(string.Create(
                CultureInfo.InvariantCulture,
                $"The {element} argument is less than the minimum allowed range of {MinRange}. Give a value from {MinRange} to {MaxRange}."));
        }

        if (value.CompareTo(maximum) > 0)
        {
            throw new ValidationMetadataException(string.Create(
                CultureInfo.InvariantCulture,
                $"The {element} argument is greater than the maximum allowed range of {MaxRange}. Give a value from {MinRange} to {MaxRange}."));
        }
    }

    private static object LikeElement(object bound, object element)
        => bound.GetType() != element.GetType() && bound is IConvertible && element is IConvertible and not string
            ? Convert.ChangeType(bound, element.GetType(), CultureInfo.InvariantCulture)
            : bound;
}
