using System.IO.Enumeration;
using Forge.Core.Errors;
using Forge.Core.Storage;
using Forge.Core.Targets;

namespace Forge.Targets.Inventory;

/// <summary>The machines under care: <c>targets.yaml</c>, and by their exact name also hosts of the user's ssh configuration.</summary>
/// <param name="path">Path of <c>targets.yaml</c>; it need not exist.</param>
/// <param name="userSshFolder">The user's OpenSSH folder; null takes <c>~/.ssh</c>.</param>
public sealed class TargetInventory(string path, string? userSshFolder = null)
{
    private const string TagPrefix = "tag:";
    private readonly string _sshFolder = userSshFolder ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".ssh");

    /// <summary>The JSON schema of the file.</summary>
    public static string Schema
    {
        get
        {
            using var stream = typeof(TargetInventory).Assembly.GetManifestResourceStream("targets.schema.json")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <summary>The targets of the file, in its order.</summary>
    /// <exception cref="ForgeException">Id <c>InventoryInvalid</c>: file, line and key are in the message.</exception>
    public IReadOnlyList<TargetDescription> Load() => [.. Entries().Select(entry => entry.Target)];

    /// <summary>Names of the user's ssh configuration that can be used as targets.</summary>
    public IReadOnlyList<string> SshNames() => SshConfigNames.Read(_sshFolder);

    /// <summary>Finds targets.</summary>
    /// <param name="pattern">A name, a name with <c>*</c> and <c>?</c>, or <c>tag:NAME</c> (wildcards too). Wildcards select from the file only: a whole ssh configuration is never meant by accident.</param>
    /// <returns>The targets; for a pattern that matches nothing an empty list.</returns>
    /// <exception cref="ForgeException">Id <c>TargetNotFound</c> for a name that is nowhere; <c>InventoryInvalid</c>.</exception>
    public IReadOnlyList<TargetDescription> Find(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        var all = Load();
        if (pattern.StartsWith(TagPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return [.. all.Where(target => target.Tags.Any(tag => Matches(pattern[TagPrefix.Length..], tag)))];
        }

        if (pattern.AsSpan().ContainsAny('*', '?'))
        {
            return [.. all.Where(target => Matches(pattern, target.Name))];
        }

        var found = all.FirstOrDefault(target => string.Equals(target.Name, pattern, StringComparison.OrdinalIgnoreCase));
        if (found is not null)
        {
            return [found];
        }

        return SshNames().Contains(pattern, StringComparer.Ordinal)
            ? [new TargetDescription { Name = pattern }]
            : throw new ForgeException(
                "TargetNotFound", ForgeErrorKind.NotFound, $"There is no target '{pattern}' in {path}, nor a lab or a Host of that name in the ssh configuration.",
                $"Make it: New-ForgeTarget {pattern} -HostName ADDRESS.", pattern);
    }

    /// <summary>Adds a target, or replaces the one of that name; the user's own keys (<c>x-</c>), other targets and comments stay.</summary>
    /// <exception cref="ForgeException">Ids <c>TargetExists</c>, <c>InventoryInvalid</c>, <c>TargetNameInvalid</c>.</exception>
    public async Task AddAsync(TargetDescription target, bool replace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!TargetNames.IsValid(target.Name))
        {
            throw new ForgeException(
                "TargetNameInvalid", ForgeErrorKind.BadInput, $"'{target.Name}' is no name for a target.", "Use letters, digits, '.', '_' and '-'.", target.Name);
        }

        var text = Text();
        var old = Entries().FirstOrDefault(entry => entry.Target.Name == target.Name);
        if (old is not null && !replace)
        {
            throw new ForgeException("TargetExists", ForgeErrorKind.Conflict, $"There is a target '{target.Name}' already.", "Choose another name, or replace it with -Force.", target.Name);
        }

        var lines = Splittable(text);
        var added = InventoryText.Lines(target, old?.Kept ?? []).ToList();
        if (old is not null)
        {
            lines.RemoveRange(old.FirstLine, old.EndLine - old.FirstLine);
        }

        lines.InsertRange(old?.FirstLine ?? End(lines), added);
        await SaveAsync(lines, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a target.</summary>
    /// <returns>False where there was none of that name.</returns>
    /// <exception cref="ForgeException">Id <c>InventoryInvalid</c>.</exception>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        var entry = Entries().FirstOrDefault(candidate => candidate.Target.Name == name);
        if (entry is null)
        {
            return false;
        }

        var lines = Splittable(Text());
        lines.RemoveRange(entry.FirstLine, entry.EndLine - entry.FirstLine);
        await SaveAsync(lines, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static bool Matches(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text);

    private int End(List<string> lines)
    {
        if (Entries() is [.., var last])
        {
            return last.EndLine;
        }

        var at = lines.FindIndex(line => line.StartsWith("targets:", StringComparison.Ordinal));
        if (at < 0)
        {
            lines.Add("targets:");
            return lines.Count;
        }

        lines[at] = "targets:";
        return at + 1;
    }

    /// <summary>The lines, for an edit that leaves the rest of the file alone; one that is written in one line cannot be edited so.</summary>
    private List<string> Splittable(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n').ToList();
        if (lines is [""])
        {
            lines.Clear();
        }

        var entries = Entries();
        return entries.Count == 0 || entries.All(entry => entry.EndLine > entry.FirstLine && lines[entry.FirstLine].StartsWith(' '))
            ? lines
            : throw new ForgeException(
                "InventoryInvalid", ForgeErrorKind.BadInput, $"{path}: 'targets' is written in one line and cannot be edited.",
                "Write each target on a line of its own, indented below 'targets:'.", path);
    }

    private async Task SaveAsync(List<string> lines, CancellationToken cancellationToken)
    {
        var text = string.Join('\n', lines) + "\n";
        new InventoryReader(path).Read(text);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        await AtomicFile.WriteAsync(path, text, cancellationToken).ConfigureAwait(false);
    }

    private IReadOnlyList<InventoryEntry> Entries() => new InventoryReader(path).Read(Text());

    private string Text() => File.Exists(path) ? File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal) : "";
}
