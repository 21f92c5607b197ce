namespace Forge.Core.Actions.Typed;

/// <summary>
/// What an audit rule may be: one watch or one system call rule of auditctl(8). Nothing that deletes rules, locks them or sets the kernel's failure mode. The
/// only judge of such rules is the kernel itself, so what can be told without it is told here.
/// </summary>
internal static class AuditRuleSyntax
{
    private static readonly HashSet<string> WithValue = ["-w", "-p", "-k", "-a", "-F", "-S", "-C"];
    private static readonly string[] Operators = ["!=", ">=", "<=", "&=", "=", ">", "<", "&"];

    // AUDIT_MAX_KEY_LEN of linux/audit.h, less the mark between two keys; the 31 of older manuals no longer holds, and vendors' rules have longer ones.
    private const int MostKey = 255;

    /// <summary>Why a rule cannot be used, one clause; null where it can.</summary>
    public static string? FindFault(string rule)
    {
        var words = rule.Split(' ');
        if (words.Any(w => w.Length == 0) || words.Length % 2 != 0)
        {
            return "must be pairs of an option and its value with one blank between them";
        }

        var pairs = words.Chunk(2).Select(p => (Option: p[0], Value: p[1])).ToList();
        return pairs.FirstOrDefault(p => !WithValue.Contains(p.Option)) is { Option: not null } unknown ? $"has the option {unknown.Option}, known are {string.Join(' ', WithValue)}"
            : pairs[0].Option is not ("-w" or "-a") || pairs.Skip(1).Any(p => p.Option is "-w" or "-a") ? "must begin with -w or -a and hold one of them"
            : pairs.Select(FaultOf).FirstOrDefault(f => f is not null) ?? FaultOfWhole(pairs);
    }

    /// <summary>The paths that a rule watches.</summary>
    public static IReadOnlyList<string> PathsOf(string rule) =>
        [.. rule.Split(' ').Chunk(2).Where(p => p.Length == 2).Select(p => p[0] == "-w" ? p[1] : FieldValue(p, "path=") ?? FieldValue(p, "dir=")).OfType<string>()];

    /// <summary>The system calls that a rule names.</summary>
    public static IReadOnlyList<string> CallsOf(string rule) => [.. rule.Split(' ').Chunk(2).Where(p => p[0] == "-S" && p.Length == 2).SelectMany(p => p[1].Split(','))];

    private static string? FieldValue(string[] pair, string field) => pair[0] == "-F" && pair[1].StartsWith(field, StringComparison.Ordinal) ? pair[1][field.Length..] : null;

    private static string? FaultOf((string Option, string Value) pair) => pair.Option switch
    {
        "-w" => FieldRules.Path("", pair.Value.TrimEnd('/')) is null ? null : "must watch an absolute path",
        "-p" => pair.Value.All(c => c is 'r' or 'w' or 'x' or 'a') ? null : "must have permissions of r, w, x and a behind -p",
        "-a" => pair.Value is "always,exit" or "exit,always" or "never,exit" or "exit,never" or "always,user" or "user,always" or "never,exclude" or "exclude,never"
            ? null : "must have an action and a list such as always,exit behind -a",
        "-S" => pair.Value.Split(',').All(s => s.Length > 0 && s.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) ? null : "must have names of system calls behind -S",
        "-k" => pair.Value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') && pair.Value.Length <= MostKey ? null : $"must have a key of at most {MostKey} letters, digits, _ - . behind -k",
        _ => Operators.Select(o => pair.Value.IndexOf(o, StringComparison.Ordinal)).Any(at => at > 0)
            && pair.Value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or '=' or '!' or '<' or '>' or '&' or ':' or '+' or '@')
            ? null : $"must have a comparison behind {pair.Option}",
    };

    private static string? FaultOfWhole(List<(string Option, string Value)> pairs) =>
        pairs[0].Option == "-w" && pairs.Any(p => p.Option is "-F" or "-S" or "-C") ? "is a watch: -F, -S and -C belong to -a"
        : pairs[0].Option == "-a" && pairs.Any(p => p.Option == "-p") ? "has -p, which belongs to -w"
        : null;
}
