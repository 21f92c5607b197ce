using System.Security.Cryptography;
using System.Text;

namespace Forge.Targets.Operations;

/// <summary>The wrapper's text and its digest, which is its version.</summary>
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
        using var stream = typeof(HostScript).Assembly.GetManifestResourceStream("forge-host.sh")!;
        using var reader = new StreamReader(stream);
        return Encoding.UTF8.GetBytes(reader.ReadToEnd());
    }
}
