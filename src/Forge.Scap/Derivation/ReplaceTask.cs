using System.Text.RegularExpressions;

namespace Forge.Scap.Derivation;

/// <summary>The module replace: beside a task that sets a value it corrects or comments out what is there; where it adds to a list, a set value is not all.</summary>
internal static partial class ReplaceTask
{
    public static TaskMeaning Read(AnsibleArguments arguments) =>
        Adds().IsMatch(arguments.Raw("replace") ?? "") ? TaskMeaning.Of("it adds to a list that is there") : TaskMeaning.Nothing;

    [GeneratedRegex(@"^(?:\\(?:\d|g<\d+>))+\s*[,+]")]
    private static partial Regex Adds();
}
