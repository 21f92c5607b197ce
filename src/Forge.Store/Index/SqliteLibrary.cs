using System.Reflection;
using System.Runtime.InteropServices;
using Forge.Core.Errors;
using SQLitePCL;

namespace Forge.Store.Index;

/// <summary>
/// Loads SQLite when it is first needed, never before. The library that ships with Forge is taken (<c>runtimes/</c> beside this assembly, so that it is found
/// in a module's own load context as well as in a program), else the system's own.
/// </summary>
internal static class SqliteLibrary
{
    private static readonly Lazy<nint> Handle = new(LoadNative);
    private static readonly Lazy<bool> Provider = new(SetProvider);

    /// <summary>Makes SQLite usable in this load context. May be called at any time and from any thread.</summary>
    /// <exception cref="ForgeException">Id <c>SqliteMissing</c>.</exception>
    public static void Load() => _ = Provider.Value;

    private static bool SetProvider()
    {
        _ = Handle.Value;
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == "e_sqlite3" ? Handle.Value : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    }

    private static nint LoadNative()
    {
        var candidates = Candidates().ToList();
        foreach (var candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
            {
                return handle;
            }
        }

        throw new ForgeException(
            "SqliteMissing",
            ForgeErrorKind.Missing,
            $"The SQLite library was not found for {RuntimeInformation.RuntimeIdentifier}; tried {string.Join(", ", candidates)}.",
            "Install the system's SQLite library (libsqlite3-0 on Debian), or install Forge again.");
    }

    private static IEnumerable<string> Candidates()
    {
        var location = Assembly.GetExecutingAssembly().Location;
        var folder = location.Length > 0 ? Path.GetDirectoryName(location)! : AppContext.BaseDirectory;
        var (system, file, own) = OperatingSystem.IsWindows() ? ("win", "e_sqlite3.dll", "winsqlite3")
            : OperatingSystem.IsMacOS() ? ("osx", "libe_sqlite3.dylib", "libsqlite3.dylib")
            : (IsMusl ? "linux-musl" : "linux", "libe_sqlite3.so", "libsqlite3.so.0");
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        yield return Path.Combine(folder, "runtimes", $"{system}-{architecture}", "native", file);
        yield return Path.Combine(folder, file);
        yield return own;
    }

    private static bool IsMusl =>
        RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) || RuntimeInformation.RuntimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);
}
