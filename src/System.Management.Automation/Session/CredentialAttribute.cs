namespace System.Management.Automation;

/// <summary>Lets a user name stand for a credential; the console host asks for the password itself.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = false)]
public sealed class CredentialAttribute : ArgumentTransformationAttribute
{
    public override bool TransformNullOptionalParameters => false;

    public override object? Transform(EngineIntrinsics? engineIntrinsics, object? inputData) => inputData;
}
