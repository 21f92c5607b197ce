using System.Globalization;
using System.Management.Automation;

namespace Forge.Cmdlets.Hosting;

/// <summary>
/// Lets a duration be given as <c>0:30:00</c>, <c>90s</c>, <c>30m</c>, <c>2h</c> or <c>1d</c>. A bare number is refused, because PowerShell
/// would take it for ticks of 100 ns and .NET for days. PowerShell itself reads an unquoted <c>90s</c> as a 16-bit and <c>1d</c> as a decimal number
/// (about_Numeric_Literals), so numbers of these two types are what was written with the suffix.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null or TimeSpan => value,
            short seconds => TimeSpan.FromSeconds(seconds),
            decimal days => TimeSpan.FromDays((double)days),
            string text when TryParse(text, out TimeSpan duration) => duration,
            _ => throw new ArgumentTransformationMetadataException(
                $"\"{value}\" is no duration. Write hours:minutes:seconds, for example 0:30:00, or a number with its unit: 90s, 30m, 2h, 1d."),
        };
    }

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">What it says.</param>
    /// <returns>False if it is none.</returns>
    internal static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        string trimmed = text.Trim();
        if (trimmed.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParse(trimmed, CultureInfo.InvariantCulture, out duration);
        }

        double seconds = trimmed.Length == 0 ? 0 : char.ToLowerInvariant(trimmed[^1]) switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        if (seconds == 0
            || !double.TryParse(trimmed.AsSpan(0, trimmed.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            || number * seconds > TimeSpan.MaxValue.TotalSeconds - 1)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(number * seconds);
        return true;
    }
}
