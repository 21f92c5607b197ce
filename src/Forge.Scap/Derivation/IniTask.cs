namespace Forge.Scap.Derivation;

/// <summary>The module ini_file: one setting in a section.</summary>
internal static class IniTask
{
    public static TaskMeaning Read(AnsibleArguments arguments) =>
        arguments.Text("state") == "absent" ? TaskMeaning.Nothing
        : arguments.Text("path", "dest") is { } path && arguments.Text("section") is { } section && arguments.Text("option") is { } option && arguments.Text("value") is { } value
            ? TaskMeaning.Of(LineReading.Ini(path, section, option, value))
            : TaskMeaning.Of("a setting without a file, section or value");
}
