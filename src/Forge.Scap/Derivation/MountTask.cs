using System.Text.RegularExpressions;

namespace Forge.Scap.Derivation;

/// <summary>The module mount: one option that is added to those a mount point has.</summary>
internal static partial class MountTask
{
    public static TaskMeaning Read(AnsibleArguments arguments)
    {
        if (arguments.Text("path", "name") is not { } point)
        {
            return TaskMeaning.Of("a mount point that the machine decides");
        }

        // The content adds the option to what it found on the machine in an expression of its own.
        var options = arguments.Facts.Expressions.Select(e => Added().Match(e)).Where(m => m.Success).Select(m => m.Groups["o"].Value).Distinct().ToList();
        return arguments.Raw("opts") is { } written && written.Contains("mount_info", StringComparison.Ordinal) && options.Count == 1
            ? TaskMeaning.Of(Proposal.Of(("action", "mount-option"), ("point", point), ("option", options[0])))
            : TaskMeaning.Of("a mount that is more than one option");
    }

    [GeneratedRegex(@"combine\(\s*\{\s*'options'\s*:.*~\s*'(?<o>[a-z][A-Za-z0-9_=.-]*)'\s*\}\s*\)", RegexOptions.Singleline)]
    private static partial Regex Added();
}
