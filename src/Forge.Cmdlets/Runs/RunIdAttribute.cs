using System.Collections;
using System.Management.Automation;

namespace Forge.Cmdlets.Runs;

/// <summary>Lets runs be given as what <c>Get-ForgeRun</c> writes, not only by their ids: <c>Compare-ForgeRun (Get-ForgeRun -Last 2)</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RunIdAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is IEnumerable list and not string ? list.Cast<object?>().Select(IdOf).ToArray() : IdOf(inputData);
    }

    private static object? IdOf(object? given)
    {
        var value = given is PSObject wrapped ? wrapped.BaseObject : given;
        return value is null or string || value.GetType().IsPrimitive ? value : PSObject.AsPSObject(given).Properties["Id"]?.Value ?? given;
    }
}
