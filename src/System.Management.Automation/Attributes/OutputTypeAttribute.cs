using System.Management.Automation.Internal;

namespace System.Management.Automation;

/// <summary>What a command writes.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class OutputTypeAttribute : CmdletMetadataAttribute
{
    public OutputTypeAttribute(params Type[] type)
    {
        Type = [.. (type ?? []).Select(t => new PSTypeName(t))];
    }

    public OutputTypeAttribute(params string[] type)
    {
        Type = [.. (type ?? []).Select(t => new PSTypeName(t))];
    }

    public PSTypeName[] Type { get; }

    public string[] ParameterSetName { get; set; } = [ParameterAttribute.AllParameterSets];

    public string? ProviderCmdlet { get; set; }
}
