using System.Management.Automation;
using System.Security;

namespace Forge.Host.Binding;

/// <summary>Words for types, as a user would say them.</summary>
internal static class TypeNames
{
    internal static string Of(Type type)
    {
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!)}[]";
        }

        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(SwitchParameter) ? "switch"
            : plain == typeof(string) ? "string"
            : plain == typeof(int) || plain == typeof(long) ? "number"
            : plain == typeof(double) || plain == typeof(decimal) ? "decimal number"
            : plain == typeof(PSCredential) || plain == typeof(SecureString) ? "secret"
            : plain.IsEnum ? string.Join("|", Enum.GetNames(plain))
            : plain.Name;
    }
}
