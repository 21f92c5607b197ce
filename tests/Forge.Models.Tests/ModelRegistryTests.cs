using Forge.Core.Errors;
using Forge.Core.Models;
using Forge.Models.Settings;

namespace Forge.Models.Tests;

public sealed class ModelRegistryTests : IDisposable
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private readonly string _folder = Directory.CreateTempSubdirectory("forge-models").FullName;

    private string File => Path.Combine(_folder, "settings.yaml");

    private ModelRegistry Registry => new(File);

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task What_is_added_is_read_again_and_the_rest_of_the_file_stays()
    {
        await System.IO.File.WriteAllTextAsync(File, "# mine\ncolour: blue # really\n\nmodels:\n  old:\n    kind: openai\n    endpoint: http://127.0.0.1:1/v1\n\n# below\nlast: 1\n", Now);
        var model = new ModelDescription { Name = "a.b", Kind = ModelKind.Llama, Path = "/m/it's \"one\".gguf", Digest = new string('a', 64), ContextTokens = 4096, Temperature = 0.7, GpuLayers = 3 };
        await Registry.AddAsync(model, [ModelRole.Worker, ModelRole.Reflector], false, Now);
        Assert.Equal(model, Registry.Load().Single(m => m.Name == "a.b"));
        Assert.Equal(["old", "a.b"], Registry.Load().Select(m => m.Name));
        Assert.Equal("a.b", Registry.Roles()[ModelRole.Reflector]);
        var text = await System.IO.File.ReadAllTextAsync(File, Now);
        Assert.Contains("# mine\ncolour: blue # really\n", text, StringComparison.Ordinal);
        Assert.Contains("# below\nlast: 1\n", text, StringComparison.Ordinal);
        Assert.True(await Registry.RemoveAsync("a.b", Now));
        Assert.Empty(Registry.Roles());
        Assert.False(await Registry.RemoveAsync("a.b", Now));
    }

    [Fact]
    public async Task A_model_of_the_same_name_is_replaced_only_when_asked()
    {
        await Registry.AddAsync(Server("a"), [], false, Now);
        Assert.Equal("ModelExists", (await Assert.ThrowsAsync<ForgeException>(() => Registry.AddAsync(Server("a"), [], false, Now))).Id);
        await Registry.AddAsync(Server("a") with { ContextTokens = 999 }, [], true, Now);
        Assert.Equal(999, Assert.Single(Registry.Load()).ContextTokens);
    }

    [Fact]
    public async Task Who_makes_something_never_judges_it()
    {
        await Registry.AddAsync(Server("a"), [ModelRole.Worker], false, Now);
        var before = await System.IO.File.ReadAllTextAsync(File, Now);
        var fault = await Assert.ThrowsAsync<ForgeException>(() => Registry.AddAsync(Server("a"), [ModelRole.Judge], true, Now));
        Assert.Contains("never judges", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, await System.IO.File.ReadAllTextAsync(File, Now));
        await System.IO.File.AppendAllTextAsync(File, "  judge: a\n", Now);
        Assert.Throws<ForgeException>(() => Registry.Roles());
    }

    [Theory]
    [InlineData("models:\n  a:\n    kind: magic\n", ":3:", "models.a.kind")]
    [InlineData("models:\n  a:\n    kind: llama\n    speed: 3\n", ":4:", "speed")]
    [InlineData("models:\n  a:\n    kind: llama\n    contextTokens: 3\n", ":4:", "contextTokens")]
    [InlineData("models: [a]\n", ":1:", "models")]
    [InlineData("roles:\n  worker: nobody\n", ":2:", "nobody")]
    [InlineData("roles:\n  king: a\n", ":2:", "king")]
    public void What_is_wrong_is_named_with_file_line_and_key(string text, string line, string key)
    {
        System.IO.File.WriteAllText(File, text);
        var fault = Assert.Throws<ForgeException>(() => (Registry.Load(), Registry.Roles()));
        Assert.Equal("SettingsInvalid", fault.Id);
        Assert.Contains($"settings.yaml{line}", fault.Message, StringComparison.Ordinal);
        Assert.Contains(key, fault.Message, StringComparison.Ordinal);
    }

    private static ModelDescription Server(string name) => new() { Name = name, Kind = ModelKind.OpenAI, Endpoint = "http://127.0.0.1:8080/v1" };
}
