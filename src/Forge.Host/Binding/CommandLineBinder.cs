using System.Management.Automation;
using Forge.Core.Errors;
using Forge.Host.Discovery;

namespace Forge.Host.Binding;

/// <summary>Binds a command line as PowerShell does (about_Parameters, about_Parameter_Binding): named first, then by position.</summary>
/// <param name="command">The command.</param>
internal sealed class CommandLineBinder(CommandDescription command)
{
    private readonly Dictionary<ParameterDescription, List<string>> _named = [];
    private readonly List<string> _positional = [];
    private readonly BoundCommand _bound = new(command);

    /// <summary>Binds the arguments after the command's name.</summary>
    /// <exception cref="ForgeException">They cannot be bound; the message says why and what to do.</exception>
    internal BoundCommand Bind(IReadOnlyList<string> arguments)
    {
        Read(arguments);
        foreach ((ParameterDescription parameter, List<string> texts) in _named)
        {
            object? value = ArgumentConversion.FromText(parameter, texts);
            if (command.Common.Contains(parameter))
            {
                _bound.SetCommon(parameter, value);
            }
            else
            {
                _bound.Set(parameter, value);
            }
        }

        PlaceByPosition();
        return _bound;
    }

    private void Read(IReadOnlyList<string> arguments)
    {
        bool onlyValues = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            ArgumentToken token = onlyValues ? new ArgumentToken(null, arguments[i]) : ArgumentToken.Read(arguments[i]);
            if (token.Name == "-")
            {
                onlyValues = true;
            }
            else if (token.Name is null)
            {
                _positional.Add(WholeList(arguments, ref i));
            }
            else
            {
                ReadNamed(Resolve(token.Name), token.Text, arguments, ref i);
            }
        }
    }

    private void ReadNamed(ParameterDescription parameter, string? inline, IReadOnlyList<string> arguments, ref int i)
    {
        List<string> texts = _named.TryGetValue(parameter, out List<string>? known) ? known : _named[parameter] = [];
        bool many = CollectionShape.ElementOf(parameter.Type) is not null;
        if (texts.Count > 0 && !many)
        {
            throw BindingErrors.Twice(parameter);
        }

        if (parameter.IsSwitch)
        {
            texts.Add(inline switch { null => "true", "" => throw BindingErrors.EmptySwitch(parameter), _ => inline });
            return;
        }

        string text = inline is { Length: > 0 } ? inline
            : ++i < arguments.Count && !IsParameter(arguments[i]) ? WholeList(arguments, ref i)
            : throw BindingErrors.NoArgument(parameter);
        texts.AddRange(many ? ArgumentToken.Split(text) : [text]);
    }

    /// <summary>A value that ends with a comma goes on with the next argument.</summary>
    private static string WholeList(IReadOnlyList<string> arguments, ref int i)
    {
        string text = arguments[i];
        while (text.EndsWith(',') && !text.EndsWith("`,", StringComparison.Ordinal) && i + 1 < arguments.Count)
        {
            text += arguments[++i];
        }

        return text;
    }

    /// <summary>A value may look like a parameter: it is one only if the command has it.</summary>
    private bool IsParameter(string argument)
        => ArgumentToken.Read(argument) is { Name: { } name } && (name == "-" || Matches(name).Count > 0);

    private ParameterDescription Resolve(string name)
    {
        List<ParameterDescription> matches = Matches(name);
        return matches.Count switch
        {
            1 => matches[0],
            0 => throw BindingErrors.Unknown(command, name),
            _ => throw BindingErrors.Ambiguous(name, matches),
        };
    }

    private List<ParameterDescription> Matches(string name)
    {
        IEnumerable<ParameterDescription> all = command.Parameters.Concat(command.Common);
        ParameterDescription? exact = all.FirstOrDefault(parameter => parameter.IsNamed(name));
        return exact is not null ? [exact] : [.. all.Where(parameter => StartsWith(parameter, name))];
    }

    private static bool StartsWith(ParameterDescription parameter, string prefix)
        => prefix.Length > 0
            && (parameter.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
                || parameter.Aliases.Any(alias => alias.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));

    private void PlaceByPosition()
    {
        for (int i = 0; i < _positional.Count; i++)
        {
            List<ParameterDescription> places = NextPlaces();
            if (places.Count > 0)
            {
                Place(places, _positional[i]);
                continue;
            }

            ParameterDescription rest = command.Parameters.FirstOrDefault(parameter => !_bound.Values.ContainsKey(parameter)
                    && _bound.Sets.Has(parameter, place => place.ValueFromRemainingArguments))
                ?? throw BindingErrors.Unplaced(command, _positional[i]);
            _bound.Set(rest, ArgumentConversion.FromText(rest, _positional[i..]));
            return;
        }
    }

    /// <summary>The unbound parameters at the lowest position that is free, those of the default set first.</summary>
    private List<ParameterDescription> NextPlaces()
    {
        string? preferred = command.Attribute.DefaultParameterSetName;
        IEnumerable<(ParameterDescription Parameter, int Position, bool Preferred)> free =
            from parameter in command.Parameters
            where !_bound.Values.ContainsKey(parameter)
            from set in _bound.Sets.Names
            let place = parameter.In(set)
            where place is not null && place.Position != int.MinValue
            select (parameter, place.Position, set.Equals(preferred, StringComparison.OrdinalIgnoreCase));
        return [.. free.GroupBy(place => place.Position)
            .OrderBy(group => group.Key)
            .Take(1)
            .SelectMany(group => group.OrderByDescending(place => place.Preferred).Select(place => place.Parameter).Distinct())];
    }

    private void Place(List<ParameterDescription> places, string text)
    {
        ForgeException? first = null;
        foreach (ParameterDescription parameter in places)
        {
            try
            {
                bool many = CollectionShape.ElementOf(parameter.Type) is not null;
                object? value = ArgumentConversion.FromText(parameter, many ? [.. ArgumentToken.Split(text)] : [text]);
                _bound.Set(parameter, value);
                return;
            }
            catch (ForgeException exception) when (exception.Id == "CannotConvertArgument")
            {
                first ??= exception;
            }
        }

        throw first!;
    }
}
