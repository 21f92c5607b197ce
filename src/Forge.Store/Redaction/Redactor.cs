using System.Text;
using System.Text.RegularExpressions;

namespace Forge.Store.Redaction;

/// <summary>
/// Masks secrets before bytes reach a disk. It sits at the sinks (journal, <c>run.json</c>, blobs, index, reports), so that no caller can forget it:
/// secrets that were registered (a sudo password that was read from its file), blocks of private keys, and password hashes in the forms of crypt(5) and of
/// the GRUB boot loader. What is masked is gone: digests, reports and figures are of the masked text. Thread-safe.
/// </summary>
public sealed partial class Redactor
{
    /// <summary>Shortest secret that is masked by its value, in characters; a shorter one stands in too many ordinary words.</summary>
    public const int MinimumSecretLength = 4;

    private static readonly string[] Markers = ["PRIVATE KEY-----", "$1$", "$2a$", "$2b$", "$2x$", "$2y$", "$5$", "$6$", "$7$", "$y$", "$gy$", "grub.pbkdf2."];

    private static readonly byte[][] MarkerBytes = [.. Markers.Select(Encoding.ASCII.GetBytes)];

    private readonly Lock _gate = new();
    private Secrets _secrets = Secrets.Of([]);

    /// <summary>Registers a value that must never be written; from now on, for everything that goes through this redactor.</summary>
    /// <param name="secret">The value. Each line of a value of several lines is registered as well.</param>
    /// <returns>False where nothing of it is long enough to be masked (<see cref="MinimumSecretLength"/>).</returns>
    public bool Register(string secret)
    {
        var parts = secret.Split('\n').Select(p => p.Trim('\r')).Append(secret).Where(p => p.Trim().Length >= MinimumSecretLength).ToList();
        lock (_gate)
        {
            _secrets = Secrets.Of([.. _secrets.Words.Concat(parts).Distinct(StringComparer.Ordinal)]);
        }

        return parts.Count > 0;
    }

    /// <summary>Masks a text.</summary>
    public string Redact(string text) => Redact(text, Volatile.Read(ref _secrets).InText);

    /// <summary>Masks bytes of any kind; what is not a secret stays byte for byte.</summary>
    /// <returns>The same memory where there was nothing to mask.</returns>
    public ReadOnlyMemory<byte> Redact(ReadOnlyMemory<byte> content)
    {
        var secrets = Volatile.Read(ref _secrets);
        if (!Holds(content.Span, MarkerBytes) && !Holds(content.Span, secrets.Utf8))
        {
            return content;
        }

        // Latin-1 maps each byte to one character and back, so that text patterns work on bytes that need not be text.
        var text = Encoding.Latin1.GetString(content.Span);
        var masked = Redact(text, secrets.InLatin1);
        return ReferenceEquals(text, masked) ? content : Encoding.Latin1.GetBytes(masked);
    }

    private static string Redact(string text, Regex? secrets)
    {
        text = secrets?.Replace(text, "[redacted:secret]") ?? text;
        if (!Array.Exists(Markers, m => text.Contains(m, StringComparison.Ordinal)))
        {
            return text;
        }

        text = PrivateKey().Replace(text, "[redacted:private-key]");
        return PasswordHash().Replace(text, "[redacted:password-hash]");
    }

    private static bool Holds(ReadOnlySpan<byte> content, byte[][] words)
    {
        foreach (var word in words)
        {
            if (content.IndexOf(word) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    // RFC 7468 section 2, and OpenSSH's own format; where the end is missing (cut output) up to the next boundary or the end of the text.
    [GeneratedRegex("-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(?:[^-]|-(?!----))*(?:-----END [A-Z0-9 ]*PRIVATE KEY-----)?", RegexOptions.CultureInvariant)]
    private static partial Regex PrivateKey();

    // crypt(5): MD5, bcrypt, SHA-256, SHA-512, scrypt, yescrypt and gost-yescrypt; GRUB's PBKDF2. Lower bounds keep shell text such as $1$2 out.
    [GeneratedRegex(
        @"\$1\$[./0-9A-Za-z]{1,8}\$[./0-9A-Za-z]{16,22}"
        + @"|\$2[abxy]\$[0-9]{2}\$[./0-9A-Za-z]{20,53}"
        + @"|\$[56]\$(?:rounds=[0-9]{1,9}\$)?[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{16,86}"
        + @"|\$7\$[./0-9A-Za-z]{11,97}\$[./0-9A-Za-z]{16,43}"
        + @"|\$g?y\$[./0-9A-Za-z]{1,20}\$[./0-9A-Za-z]{1,86}\$[./0-9A-Za-z]{16,43}"
        + @"|grub\.pbkdf2\.sha512\.[0-9]{1,9}\.[0-9A-Fa-f.]{16,}",
        RegexOptions.CultureInvariant)]
    private static partial Regex PasswordHash();

    /// <summary>What was registered, ready to be searched for in text and in bytes; longer ones first, since one may be part of another.</summary>
    private sealed record Secrets(string[] Words, byte[][] Utf8, Regex? InText, Regex? InLatin1)
    {
        public static Secrets Of(string[] words)
        {
            var utf8 = words.Select(Encoding.UTF8.GetBytes).ToArray();
            return new(words, utf8, AnyOf(words), AnyOf(utf8.Select(Encoding.Latin1.GetString)));
        }

        private static Regex? AnyOf(IEnumerable<string> words)
        {
            var longestFirst = words.OrderByDescending(w => w.Length).Select(Regex.Escape).ToArray();
            return longestFirst.Length == 0 ? null : new(string.Join('|', longestFirst), RegexOptions.CultureInvariant);
        }
    }
}
