using System.Reflection;
using System.Runtime.Loader;
using Forge.Store.Index;
using Forge.Store.Tests.Given;

namespace Forge.Store.Tests.Index;

/// <summary>As in PowerShell: Forge's assemblies live in a load context of their own, which knows no deps.json.</summary>
public sealed class TheLibraryOfSqlite
{
    [Fact]
    public async Task Is_loaded_at_the_first_use_and_from_a_load_context_of_its_own()
    {
        using var home = new Home();
        var context = new FolderContext(AppContext.BaseDirectory);
        var store = context.LoadFromAssemblyPath(typeof(RunIndex).Assembly.Location);
        var index = Make(store, home.Root);
        Assert.DoesNotContain(context.Assemblies, a => a.GetName().Name!.StartsWith("SQLitePCLRaw", StringComparison.Ordinal));

        var catchUp = index.GetType().GetMethod(nameof(RunIndex.CatchUpAsync), [typeof(CancellationToken)])!;
        await (Task)catchUp.Invoke(index, [Home.Token])!;
        await ((IAsyncDisposable)index).DisposeAsync();
        Assert.True(File.Exists(Path.Combine(home.Root, "forge.db")));
        Assert.Contains(context.Assemblies, a => a.GetName().Name == "SQLitePCLRaw.core");
    }

    private static object Make(Assembly store, string home)
    {
        var type = store.GetType("Forge.Store.Runs.RunStoreOptions", throwOnError: true)!;
        var options = Activator.CreateInstance(type)!;
        type.GetProperty("Home")!.SetValue(options, home);
        return Activator.CreateInstance(store.GetType(typeof(RunIndex).FullName!, throwOnError: true)!, options)!;
    }

    private sealed class FolderContext(string folder) : AssemblyLoadContext("module", isCollectible: false)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
