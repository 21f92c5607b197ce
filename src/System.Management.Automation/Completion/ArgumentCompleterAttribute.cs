namespace System.Management.Automation;

/// <summary>Names the class that completes a parameter.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public class ArgumentCompleterAttribute : Attribute
{
    public ArgumentCompleterAttribute(Type type)
    {
        Type = type;
    }

    public Type Type { get; }
}
