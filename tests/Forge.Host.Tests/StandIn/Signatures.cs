using System.Reflection;

namespace Forge.Host.Tests.StandIn;

/// <summary>What an assembly shows to others, one line a member, comparable between two assemblies of one name.</summary>
internal static class Signatures
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    internal static SortedSet<string> Of(Assembly assembly, Func<Type, bool> isCompared)
        => new([.. assembly.GetExportedTypes().Where(isCompared).SelectMany(type => Members(type).Prepend(Head(type)))], StringComparer.Ordinal);

    private static string Head(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class";
        string modifiers = $"{(type.IsAbstract && !type.IsInterface ? "abstract " : "")}{(type.IsSealed ? "sealed " : "")}";
        string usage = type.GetCustomAttribute<AttributeUsageAttribute>(inherit: false) is { } attribute ? $" [{attribute.ValidOn}, many: {attribute.AllowMultiple}]" : "";
        return $"{type}: {modifiers}{kind} of {type.BaseType}{usage}";
    }

    private static IEnumerable<string> Members(Type type)
        => type.GetMembers(All).Select(member => member switch
        {
            FieldInfo { IsPublic: true, IsSpecialName: false } field => $"{type}: {field.FieldType} {field.Name} = {(field.IsLiteral ? field.GetRawConstantValue() : "")}",
            MethodBase { IsPublic: true } method => $"{type}: public {Shape(method)}",
            MethodBase { IsFamily: true } method => $"{type}: protected {Shape(method)}",
            MethodBase { IsFamilyOrAssembly: true } method => $"{type}: protected internal {Shape(method)}",
            _ => null,
        }).OfType<string>();

    private static string Shape(MethodBase method)
    {
        bool overridable = method.IsVirtual && !method.IsFinal;
        string parameters = string.Join(", ", method.GetParameters().Select(parameter => $"{(parameter.IsOut ? "out " : "")}{parameter.ParameterType} {parameter.Name}"));
        return $"{(method.IsStatic ? "static " : "")}{(overridable ? "virtual " : "")}{(method as MethodInfo)?.ReturnType} {method.Name}({parameters})";
    }
}
