namespace System.Management.Automation;

/// <summary>Refuses what is not one of the listed values.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateSetAttribute : ValidateEnumeratedArgumentsAttribute
{
    public ValidateSetAttribute(params string[] validValues)
    {
        ArgumentNullException.ThrowIfNull(validValues);
        ValidValues = validValues;
    }

    public IList<string> ValidValues { get; }

    public bool IgnoreCase { get; set; } = true;

    protected override void ValidateElement(object? element)
    {
        StringComparison comparison = IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (!ValidValues.Any(valid => string.Equals(valid, element?.ToString(), comparison)))
        {
            throw new ValidationMetadataException($"The argument \"{element}\" is none of: {string.Join(", ", ValidValues)}.");
        }
    }
}
