using System.Management.Automation;
using Forge.Core.Errors;
using Forge.Host.Binding;
using Forge.Host.Discovery;

namespace Forge.Host.Runtime;

/// <summary>
/// Decides whether a command takes objects from standard input. PowerShell knows whether there is a pipeline; a process only sees that its input is
/// no terminal. A pipeline that gave nothing must not turn into "do it to everything", and a command that was told its subject must not do
/// nothing because a scheduler gave it a closed pipe.
/// </summary>
internal static class InputRule
{
    /// <summary>Decides for a command whose standard input is neither a terminal nor the null device.</summary>
    internal static InputUse For(BoundCommand bound)
    {
        IReadOnlyList<ParameterDescription> parameters = bound.Command.Parameters;
        if (parameters.Any(parameter => IsOpen(bound, parameter, place => place.Mandatory && (place.ValueFromPipeline || place.ValueFromPipelineByPropertyName))))
        {
            return IsCompleteWithoutInput(bound) ? InputUse.None : InputUse.Always;
        }

        bool takesObjects = parameters.Any(parameter => IsOpen(bound, parameter, place => place.ValueFromPipeline));
        if (!takesObjects || bound.Values.Keys.Any(parameter => bound.Sets.Has(parameter, place => place.ValueFromPipeline)))
        {
            return InputUse.None;
        }

        return bound.Values.Keys.Any(parameter => bound.Sets.Has(parameter, IsSubject)) ? InputUse.IfThereIsAny : InputUse.Always;
    }

    private static bool IsSubject(ParameterAttribute place) => place.ValueFromPipelineByPropertyName || place.Position == 0;

    private static bool IsOpen(BoundCommand bound, ParameterDescription parameter, Func<ParameterAttribute, bool> condition)
        => !bound.Values.ContainsKey(parameter) && bound.Sets.Has(parameter, condition);

    /// <summary>Whether one way of calling the command is complete and was clearly meant: something was given that only it takes.</summary>
    private static bool IsCompleteWithoutInput(BoundCommand bound)
    {
        try
        {
            string set = bound.Sets.Choose(bound.Values.Keys, pipelineMayBind: false);
            return bound.Values.Keys.Any(parameter => !parameter.IsInAllSets && parameter.Sets.ContainsKey(set));
        }
        catch (ForgeException)
        {
            return false;
        }
    }
}
