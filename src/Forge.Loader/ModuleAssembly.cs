using System.Reflection;

namespace Forge.Loader;

/// <summary>Loads Forge's commands into a load context of their own; called by <c>module/Forge.psm1</c>.</summary>
public static class ModuleAssembly
{
    private const string Commands = "Forge.Cmdlets.dll";

    private static readonly Lock Gate = new();

    private static ModuleContext? s_context;

    /// <summary>Loads the assembly with the commands; a second import of the module gets the same one.</summary>
    /// <param name="folder">The folder with Forge.Cmdlets.dll and all that it needs.</param>
    /// <returns>The assembly.</returns>
    /// <exception cref="FileNotFoundException">The folder has none.</exception>
    public static Assembly Load(string folder) => LoadFile(Path.Join(folder, Commands));

    /// <summary>Loads an assembly into the same context; for an extension that uses Forge's types.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>The assembly.</returns>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static Assembly LoadFile(string path)
    {
        lock (Gate)
        {
            s_context ??= new ModuleContext(Path.GetDirectoryName(path)!);
            return s_context.LoadFromAssemblyPath(path);
        }
    }
}
