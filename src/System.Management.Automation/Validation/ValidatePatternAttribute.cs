using System.Text.RegularExpressions;

namespace System.Management.Automation;

/// <summary>Refuses texts that do not match a regular expression.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidatePatternAttribute : ValidateEnumeratedArgumentsAttribute
{
    public ValidatePatternAttribute(string regexPattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(regexPattern);
        RegexPattern = regexPattern;
    }

    public string RegexPattern { get; }

    public RegexOptions Options { get; set; } = RegexOptions.IgnoreCase;

    protected override void ValidateElement(object? element)
    {
        if (element is null || !Regex.IsMatch(element.ToString() ?? "", RegexPattern, Options))
        {
            throw new ValidationMetadataException($"The argument \"{element}\" does not match the pattern {RegexPattern}.");
        }
    }
}
