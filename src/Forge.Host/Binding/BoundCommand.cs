using System.Management.Automation;
using Forge.Host.Discovery;

namespace Forge.Host.Binding;

/// <summary>A command with the arguments of its command line.</summary>
/// <param name="command">The command.</param>
internal sealed class BoundCommand(CommandDescription command)
{
    /// <summary>The command.</summary>
    internal CommandDescription Command { get; } = command;

    /// <summary>The converted values.</summary>
    internal Dictionary<ParameterDescription, object?> Values { get; } = [];

    /// <summary>The parameter sets that the values leave possible.</summary>
    internal ParameterSets Sets { get; set; } = ParameterSets.All(command);

    /// <summary>What every command takes.</summary>
    internal CommonParameters Common { get; } = new();

    /// <summary>What a command that changes something takes.</summary>
    internal ChangeParameters Change { get; } = new();

    /// <summary>Whether <c>-Confirm</c> was given at all.</summary>
    internal bool IsConfirmGiven { get; private set; }

    /// <summary>Takes a value of a common parameter.</summary>
    internal void SetCommon(ParameterDescription parameter, object? value)
    {
        bool change = parameter.Property.DeclaringType == typeof(ChangeParameters);
        parameter.Property.SetValue(change ? Change : Common, value);
        IsConfirmGiven |= parameter.Name == nameof(ChangeParameters.Confirm);
    }

    /// <summary>Takes a value of one of the command's own parameters.</summary>
    /// <exception cref="Forge.Core.Errors.ForgeException">It does not go together with those bound before.</exception>
    internal void Set(ParameterDescription parameter, object? value)
    {
        Values[parameter] = value;
        Sets = Sets.With(parameter, Values.Keys);
    }
}
