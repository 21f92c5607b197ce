namespace System.Management.Automation;

/// <summary>Paths of the file system; the console host has no other provider.</summary>
public sealed class PathIntrinsics
{
    internal PathIntrinsics()
    {
    }

    public PathInfo CurrentLocation => new(Environment.CurrentDirectory);

    public PathInfo CurrentFileSystemLocation => new(Environment.CurrentDirectory);

    public string Combine(string parent, string child) => IO.Path.Combine(parent, child);

    public string GetUnresolvedProviderPathFromPSPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string expanded = path == "~" ? home
            : path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith(@"~\", StringComparison.Ordinal) ? IO.Path.Combine(home, path[2..])
            : path;
        return IO.Path.GetFullPath(expanded);
    }
}
