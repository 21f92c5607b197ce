using System.Globalization;
using System.Text;

namespace Forge.Targets.Scripts;

/// <summary>Scripts that move a file.</summary>
internal static class FileScripts
{
    /// <summary>Exit status of the download script for a file over the limit.</summary>
    public const int TooLarge = 67;

    /// <summary>Writes standard input to a name beside the file, checks its size, and renames it over the file.</summary>
    public static byte[] Upload(string path, long length, int mode)
    {
        var slash = path.LastIndexOf('/');
        if (slash < 0 || path[0] != '/' || slash == path.Length - 1)
        {
            throw new ArgumentException($"'{path}' is no absolute path of a file.", nameof(path));
        }

        var beside = string.Concat(path.AsSpan(0, slash + 1), ".forge-", Guid.NewGuid().ToString("N"));
        return Encoding.UTF8.GetBytes(FormattableString.Invariant($"""
            umask 077
            t={ShellQuote.Word(beside)} p={ShellQuote.Word(path)}
            trap 'rm -f -- "$t"' EXIT
            trap 'exit 1' HUP INT TERM
            cat >"$t" || exit 1
            n=$(stat -c %s -- "$t") || exit 1
            [ "$n" = {length} ] || {"{"} echo "received $n of {length} bytes" >&2; exit 1; {"}"}
            chmod {Convert.ToString(mode & 0xFFF, 8)} -- "$t" && mv -fT -- "$t" "$p"
            """));
    }

    /// <summary>Prints a file unless it is larger than the limit.</summary>
    public static byte[] Download(string path, long maxBytes) => Encoding.UTF8.GetBytes(
        $"p={ShellQuote.Word(path)} m={maxBytes.ToString(CultureInfo.InvariantCulture)}\n"
        + "[ -f \"$p\" ] || { echo \"no such file: $p\" >&2; exit 66; }\n"
        + "n=$(stat -Lc %s -- \"$p\") || exit 1\n[ \"$n\" -le \"$m\" ] || exit 67\nexec head -c \"$((m + 1))\" -- \"$p\"\n");
}
