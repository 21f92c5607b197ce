using System.Text.RegularExpressions;
using Forge.Core.Errors;

namespace Forge.Lab;

/// <summary>What names may be: they become parts of paths, of socket names and of snapshot tags.</summary>
internal static partial class LabNames
{
    /// <summary>Whether a machine may be called so; wildcards, tags and host names with dots may not.</summary>
    public static bool MayBeLab(string name) => LabPattern().IsMatch(name);

    /// <summary>Returns the name of a machine if it may be one.</summary>
    /// <exception cref="ForgeException">Id <c>LabNameInvalid</c>.</exception>
    public static string RequireLab(string name) => MayBeLab(name)
        ? name
        : throw Invalid(name, "lab", "begin with a lower-case letter, go on with lower-case letters, digits and dashes, at most 40 characters");

    /// <summary>Returns the name of a checkpoint if it may be one.</summary>
    /// <exception cref="ForgeException">Id <c>LabNameInvalid</c>.</exception>
    public static string RequireCheckpoint(string name) => CheckpointPattern().IsMatch(name)
        ? name
        : throw Invalid(name, "checkpoint", "begin with a letter or digit, go on with letters, digits, dots, dashes and underscores, at most 100 characters");

    private static ForgeException Invalid(string name, string what, string rule) =>
        new("LabNameInvalid", ForgeErrorKind.BadInput, $"'{name}' cannot be the name of a {what}.", $"It has to {rule}.", name);

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,39}\z")]
    private static partial Regex LabPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex CheckpointPattern();
}
