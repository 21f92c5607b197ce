using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Forge.Core.Errors;

namespace Forge.Hardener.Data;

/// <summary>Whether a text that is held out is also trained on, under another rule's id or in another spelling.</summary>
internal static class LeakageCheck
{
    /// <summary>Compares two files of exported rules, and says which held-out rules have a text that is trained on.</summary>
    /// <returns>0 where none has, 1 where one has.</returns>
    /// <exception cref="ForgeException">Id <c>LeakageUnreadable</c>: a line of a file is no exported rule, or the file has none.</exception>
    public static int Run(string train, string held, TextWriter output)
    {
        var trained = Texts(train).ToLookup(t => t.Digest, t => t.Id, StringComparer.Ordinal);
        var leaks = Texts(held).Where(t => trained.Contains(t.Digest)).GroupBy(t => t.Id).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        foreach (var leak in leaks)
        {
            output.WriteLine($"{leak.Key}: its {string.Join(" and ", leak.Select(l => l.Part).Distinct())} is trained on with {string.Join(", ", leak.SelectMany(l => trained[l.Digest]).Distinct().Order(StringComparer.Ordinal))}");
        }

        output.WriteLine(leaks.Count == 0 ? "no held-out text is trained on" : $"{leaks.Count} held-out rules have a text that is trained on");
        return leaks.Count == 0 ? 0 : 1;
    }

    private static IEnumerable<(string Digest, string Id, string Part)> Texts(string file)
    {
        var any = false;
        foreach (var (number, line) in File.ReadLines(file).Index())
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            any = true;
            var (id, title, description, check) = Read(file, number + 1, line);
            yield return (Digest(title + " " + description), id, "description");
            if (check.Length > 0)
            {
                yield return (Digest(check), id, "check");
            }
        }

        if (!any)
        {
            throw new ForgeException("LeakageUnreadable", ForgeErrorKind.BadInput, $"{file} holds no rule.", "Give a file that 'Forge.Hardener.Data export' wrote, or a part of its lines.", file);
        }
    }

    private static (string Id, string Title, string Description, string Check) Read(string file, int number, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return (root.GetProperty("id").GetString()!, root.GetProperty("title").GetString()!, root.GetProperty("description").GetString()!, root.GetProperty("check").GetString()!);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ForgeException("LeakageUnreadable", ForgeErrorKind.BadInput, $"{file}({number}) is no exported rule.", "Give a file that 'Forge.Hardener.Data export' wrote, or a part of its lines.", file, e);
        }
    }

    // Case and blanks make no other text of it.
    private static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))));
}
