using System.Globalization;
using System.Reflection;

namespace System.Management.Automation;

/// <summary>The kind of an error, with words about it.</summary>
public class ErrorCategoryInfo
{
    private readonly ErrorRecord _record;
    private string? _reason;
    private string? _targetName;
    private string? _targetType;

    internal ErrorCategoryInfo(ErrorRecord record, ErrorCategory category)
    {
        _record = record;
        Category = category;
    }

    public ErrorCategory Category { get; }

    public string Activity { get; set; } = "";

    public string Reason
    {
        get => _reason ?? _record.Exception.GetType().Name;
        set => _reason = value;
    }

    public string TargetName
    {
        get => _targetName ?? _record.TargetObject?.ToString() ?? "";
        set => _targetName = value;
    }

    public string TargetType
    {
        get => _targetType ?? _record.TargetObject?.GetType().Name ?? "";
        set => _targetType = value;
    }

    public string GetMessage() => GetMessage(CultureInfo.CurrentUICulture);

    public string GetMessage(CultureInfo uiCultureInfo)
        => string.Create(uiCultureInfo, $"{Category}: ({TargetName}:{TargetType}) [{Activity}], {Reason}");

    public override string ToString() => GetMessage();

    internal void SetDefaultActivity(Cmdlet cmdlet)
    {
        if (Activity.Length == 0 && cmdlet.GetType().GetCustomAttribute<CmdletAttribute>() is { } name)
        {
            Activity = $"{name.VerbName}-{name.NounName}";
        }
    }
}
