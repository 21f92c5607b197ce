using System.Collections.Concurrent;
using System.Text;

namespace Forge.Core.Actions.Typed;

/// <summary>
/// Puts scripts of typed actions together: the head, the variables, the parts that define <c>so</c> and <c>apply</c>, and the end that calls them. The parts are
/// the files in <c>Scripts</c>; nothing but the variables' values differs between two actions of one type.
/// </summary>
internal static class TypedScript
{
    private const string CheckEnd = "if so; then exit 0; else exit $?; fi\n";

    // Whether it holds is asked again after it was done: a change without effect is a failure, not a success.
    private const string ApplyEnd = """
        if so; then
          echo 'already so'
          exit 0
        fi
        apply || exit $?
        so || die 'it was applied, and the host is not so'

        """;

    private static readonly ConcurrentDictionary<string, string> Parts = new(StringComparer.Ordinal);

    public static string Check(IReadOnlyList<string> parts, IReadOnlyList<(string Name, string Value)> variables) => Join(parts, variables, CheckEnd);

    public static string Apply(IReadOnlyList<string> parts, IReadOnlyList<(string Name, string Value)> variables) => Join(parts, variables, ApplyEnd);

    /// <summary>Quotes a word so that a POSIX shell reads exactly it, as one word (POSIX.1-2017, Shell Command Language 2.2.2).</summary>
    /// <exception cref="ArgumentException">The text holds a NUL, which no shell can hold.</exception>
    public static string Quote(string text) =>
        text.Contains('\0', StringComparison.Ordinal)
            ? throw new ArgumentException("A word of a shell script cannot hold a NUL.", nameof(text))
            : "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static string Join(IReadOnlyList<string> parts, IReadOnlyList<(string Name, string Value)> variables, string end)
    {
        var script = new StringBuilder(Part("head"));
        foreach (var (name, value) in variables)
        {
            script.Append(name).Append('=').Append(Quote(value)).Append('\n');
        }

        // awk reads them from the environment: its -v would take backslashes for escapes.
        script.Append("export ").AppendJoin(' ', variables.Select(v => v.Name)).Append('\n');
        foreach (var part in parts)
        {
            script.Append(Part(part));
        }

        return script.Append(end).ToString();
    }

    private static string Part(string name) => Parts.GetOrAdd(name, static n =>
    {
        using var stream = typeof(TypedScript).Assembly.GetManifestResourceStream($"typed/{n}.sh") ?? throw new InvalidOperationException($"part {n} is not in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    });
}
