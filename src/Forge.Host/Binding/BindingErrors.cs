using Forge.Core.Errors;
using Forge.Host.Discovery;

namespace Forge.Host.Binding;

/// <summary>What can be wrong with a command line or an input object.</summary>
internal static class BindingErrors
{
    internal static ForgeException Unknown(CommandDescription command, string name)
    {
        IReadOnlyList<string> near = NameDistance.Nearest(name, command.Parameters.Concat(command.Common).Select(parameter => parameter.Name));
        string hint = near.Count > 0 ? $"Did you mean -{string.Join(" or -", near)}? " : "";
        return Bad("ParameterNotFound", $"{command.Name} has no parameter -{name}.", $"{hint}Run forge {command.Name} -? for its parameters.", name);
    }

    internal static ForgeException Ambiguous(string name, IEnumerable<ParameterDescription> matches)
        => Bad("ParameterAmbiguous", $"-{name} could be any of {Names(matches)}.", "Write more of its name.", name);

    internal static ForgeException Twice(ParameterDescription parameter)
        => Bad("ParameterAlreadyBound", $"-{parameter.Name} was given more than once and takes one value.", "Give it once.", parameter.Name);

    internal static ForgeException NoArgument(ParameterDescription parameter)
        => Bad("MissingArgument", $"-{parameter.Name} has no value.", Help(parameter), parameter.Name);

    internal static ForgeException EmptySwitch(ParameterDescription parameter)
        => Bad(
            "MissingArgument",
            $"-{parameter.Name}: has no value; most shells replace an unquoted $false or $true by nothing.",
            $"Write -{parameter.Name}:false or -{parameter.Name}:true.",
            parameter.Name);

    internal static ForgeException Unplaced(CommandDescription command, string value)
        => Bad("PositionalParameterNotFound", $"{command.Name} takes no further value: '{value}' belongs to no parameter.", $"Name the parameter; run forge {command.Name} -? for a list.", value);

    internal static ForgeException NotTogether(CommandDescription command, IEnumerable<ParameterDescription> bound)
        => Bad("AmbiguousParameterSet", $"{Names(bound)} cannot be used together.", $"Run forge {command.Name} -? for what goes together.", command.Name);

    internal static ForgeException Unclear(CommandDescription command, IEnumerable<string> sets)
        => Bad("AmbiguousParameterSet", $"It is unclear which way of calling {command.Name} is meant: {string.Join(", ", sets)}.", $"Give one more parameter; run forge {command.Name} -? for what goes together.", command.Name);

    internal static ForgeException Missing(CommandDescription command, IReadOnlyList<ParameterDescription> missing)
    {
        string which = missing.Count == 1 ? $"needs -{missing[0].Name}" : $"needs {Names(missing)}";
        return Bad("MissingMandatoryParameter", $"{command.Name} {which}.", string.Join(" ", missing.Select(Help)), missing[0].Name);
    }

    internal static ForgeException Unconvertible(ParameterDescription parameter, string value, string why)
        => Bad("CannotConvertArgument", $"-{parameter.Name} cannot be '{value}': {why}", Help(parameter), parameter.Name);

    internal static ForgeException Refused(ParameterDescription parameter, string why)
        => Bad("ParameterArgumentValidationError", $"-{parameter.Name}: {why}", Help(parameter), parameter.Name);

    internal static ForgeException Secret(ParameterDescription parameter)
        => Bad(
            "SecretInArgument",
            $"-{parameter.Name} is a secret and is not taken from the command line, where every user of this machine could read it.",
            "Use a key or a password file, for which the command has parameters.",
            parameter.Name);

    internal static ForgeException Malformed(int line, string why)
        => Bad("InputMalformed", $"Line {line} of standard input is no JSON value: {why}", "Give one JSON value a line, as another forge command writes it.", line);

    internal static ForgeException Unbound(CommandDescription command, int line)
        => Bad(
            "InputObjectNotBound",
            $"The object on line {line} of standard input fits no parameter of {command.Name}.",
            $"It takes from the pipeline: {string.Join(", ", command.Parameters.Where(FromPipeline).Select(parameter => $"-{parameter.Name}"))}.",
            line);

    private static bool FromPipeline(ParameterDescription parameter)
        => parameter.Sets.Values.Any(set => set.ValueFromPipeline || set.ValueFromPipelineByPropertyName);

    private static string Help(ParameterDescription parameter)
        => parameter.HelpMessage.Length > 0 ? $"-{parameter.Name}: {parameter.HelpMessage}" : $"-{parameter.Name} takes {TypeNames.Of(parameter.Type)}.";

    private static string Names(IEnumerable<ParameterDescription> parameters) => string.Join(", ", parameters.Select(parameter => $"-{parameter.Name}"));

    private static ForgeException Bad(string id, string message, string next, object subject)
        => new(id, ForgeErrorKind.BadInput, message, next, subject);
}
