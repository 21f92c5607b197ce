namespace Forge.Bench;

/// <summary>A profile of a data stream.</summary>
/// <param name="Content">Path of the data stream.</param>
/// <param name="Profile">Profile, by the end of its id.</param>
/// <param name="Everywhere">Take the platforms out of the content first: on a machine of another distribution each rule is then really evaluated.</param>
internal sealed record ProfileToVerify(string Content, string Profile, bool Everywhere)
{
    public static ProfileToVerify Parse(string text) => text.Split(':') switch
    {
        [var content, var profile] => new(content, profile, false),
        [var content, var profile, "everywhere"] => new(content, profile, true),
        _ => throw new ArgumentException($"'{text}' is not CONTENT:PROFILE[:everywhere]"),
    };

    public override string ToString() => $"{Path.GetFileNameWithoutExtension(Content)} {Profile}";

    /// <summary>The data stream to use; a copy in a folder where platforms are taken out.</summary>
    public string Prepare(string folder)
    {
        if (!Everywhere)
        {
            return Content;
        }

        var copy = Path.Combine(folder, $"everywhere-{Path.GetFileName(Content)}");
        File.WriteAllLines(copy, File.ReadLines(Content).Where(l => !l.Contains("<xccdf-1.2:platform ", StringComparison.Ordinal)));
        return copy;
    }
}
