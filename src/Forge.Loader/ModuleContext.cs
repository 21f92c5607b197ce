using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Forge.Loader;

/// <summary>
/// The load context of the module. What lies in the module's folder is loaded from there, by name and whatever the version asked for, so that
/// neither another module's YamlDotNet or SQLite can break Forge nor Forge's can break another module. Everything else, PowerShell itself
/// above all, comes from the default context.
/// </summary>
internal sealed class ModuleContext : AssemblyLoadContext
{
    private readonly string _folder;

    internal ModuleContext(string folder)
        : base("Forge", isCollectible: false)
    {
        _folder = folder;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Join(_folder, $"{assemblyName.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (string name in NativeNames(unmanagedDllName))
        {
            foreach (string folder in NativeFolders())
            {
                string path = Path.Join(folder, name);
                if (File.Exists(path))
                {
                    return LoadUnmanagedDllFromPath(path);
                }
            }
        }

        return 0;
    }

    private IEnumerable<string> NativeFolders()
    {
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        string processor = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        yield return Path.Join(_folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        yield return Path.Join(_folder, "runtimes", $"{system}-{processor}", "native");
        yield return _folder;
    }

    private static IEnumerable<string> NativeNames(string name)
    {
        (string prefix, string suffix) = OperatingSystem.IsWindows() ? ("", ".dll") : OperatingSystem.IsMacOS() ? ("lib", ".dylib") : ("lib", ".so");
        yield return name;
        yield return $"{name}{suffix}";
        yield return $"{prefix}{name}{suffix}";
    }
}
