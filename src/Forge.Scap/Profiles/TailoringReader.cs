using Forge.Scap.Content;
using Forge.Scap.Reading;

namespace Forge.Scap.Profiles;

/// <summary>Reads XCCDF 1.2 tailoring files.</summary>
public static class TailoringReader
{
    /// <summary>Reads a tailoring file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="limits">Limits; null for the default ones.</param>
    /// <exception cref="ScapFormatException">The file is damaged, hostile or no tailoring.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Tailoring Read(string path, ScapLimits? limits = null)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path, limits);
    }

    /// <summary>Reads a tailoring from a stream.</summary>
    /// <param name="stream">The bytes; left open.</param>
    /// <param name="name">Name for messages.</param>
    /// <param name="limits">Limits; null for the default ones.</param>
    /// <exception cref="ScapFormatException">The stream is damaged, hostile or no tailoring.</exception>
    public static Tailoring Read(Stream stream, string name, ScapLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = GuardedXmlReader.Open(stream, name, limits ?? ScapLimits.Default);
        if (reader.NamespaceURI != ScapNames.Xccdf || reader.LocalName != "Tailoring")
        {
            throw reader.Error($"the root element is <{reader.Name}>, not an XCCDF 1.2 tailoring", "Give a tailoring file, for example one made with autotailor.");
        }

        var id = reader.Required("id");
        var version = "";
        var href = "";
        var profiles = new List<Profile>();
        XmlWalk.Children(reader, child =>
        {
            if (child.NamespaceURI != ScapNames.Xccdf)
            {
                return false;
            }

            switch (child.LocalName)
            {
                case "version":
                    version = XmlWalk.Text(child).Trim();
                    return true;
                case "benchmark":
                    href = child.GetAttribute("href") ?? "";
                    return false;
                case "Profile":
                    profiles.Add(ProfileParser.Parse(child));
                    return true;
                default:
                    return false;
            }
        });
        reader.ReadToEnd();
        return profiles.Count > 0
            ? new Tailoring(name, id, version, href, profiles)
            : throw new ScapFormatException(name, 0, 0, "the tailoring has no profile", "Add a profile to it, or run without a tailoring file.");
    }
}
