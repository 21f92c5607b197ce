using System.Security.Cryptography;
using System.Text;

namespace Forge.Targets.Operations;

/// <summary>The wrapper's text, from its parts in <c>Operations/Host</c>, and its digest, which is its version.</summary>
internal static class HostScript
{
    /// <summary>Where it lives on a host.</summary>
    public const string Home = "/var/lib/forge";

    /// <summary>The text.</summary>
    public static byte[] Bytes { get; } = Read();

    /// <summary>SHA-256 of the text, in hexadecimal.</summary>
    public static string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes));

    private static byte[] Read()
    {
        var assembly = typeof(HostScript).Assembly;
        var text = new StringBuilder();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("host/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream);
            text.Append(reader.ReadToEnd()).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
