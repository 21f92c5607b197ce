namespace Forge.Build.Labs;

/// <summary>What a machine is hardened by: --distribution says the lab's image and with it the data stream, --profile the profile.</summary>
/// <param name="Distribution">Name of the image recipe, and of the data stream's product.</param>
/// <param name="Profile">Profile, by the end of its id.</param>
internal sealed record Baseline(string Distribution, string Profile)
{
    public static Baseline Of(BuildOptions options) => new(options.Value("--distribution") ?? "debian12", options.Value("--profile") ?? "cis_level2_server");

    /// <summary>The data stream.</summary>
    public string Content => Path.Combine(Setup.ContentFolder, $"ssg-{Distribution}-ds.xml");
}
