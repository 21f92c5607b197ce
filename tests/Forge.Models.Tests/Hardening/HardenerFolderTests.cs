using Forge.Core.Errors;
using Forge.Models.Hardening;
using Forge.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Forge.Models.Tests.Hardening;

public sealed class HardenerFolderTests : IDisposable
{
    private readonly HardenerHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_description_is_read_whole()
    {
        var model = HardenerFolder.Read(_home.Add("mine", parent: new string('a', 64)), false);
        Assert.Equal(("mine", "1", new string('a', 64), false), (model.Name, model.Version, model.Parent, model.IsShipped));
        Assert.Equal((4000, 5550000, 1, 2700.5, "cpu"), (model.Recipe.Steps, model.Recipe.Parameters, model.Recipe.Seed, model.Recipe.Seconds, model.Recipe.Device));
        Assert.Equal((1200, 52000, "ssg-debian12"), (model.Data.Rules, model.Data.Examples, Assert.Single(model.Data.Sources)));
        Assert.Equal("test content 84.0 % (77.0 to 90.0; 122 rules)", Assert.Single(model.Figures).ToString());
        Assert.Equal((0.97, 1024), (model.Gate.ModelAlone, model.Gate.ContextTokens));
        Assert.Equal(Path.Combine(_home.Own, "mine", "mine.gguf"), model.ModelFile);
    }

    [Theory]
    [InlineData("\"seed\": 1", "\"seed\": 1.5", "recipe.seed")]
    [InlineData("\"seed\": 1", "\"seed\": \"one\"", "recipe.seed")]
    [InlineData("\"device\": \"cpu\"", "\"device\": \"tpu\"", "recipe.device")]
    [InlineData("\"wording\": \"content\"", "\"wording\": \"other\"", "figures[0].wording")]
    [InlineData("\"exact\": 0.84", "\"exact\": 84", "figures[0].exact")]
    [InlineData("\"n\": 122", "\"n\": 122, \"m\": 1", "figures[0].m")]
    [InlineData("\"modelAlone\": 0.97,", "", "gate.modelAlone")]
    [InlineData("\"parent\": null,", "", "parent")]
    [InlineData("\"parent\": null", "\"parent\": \"the first\"", "parent")]
    [InlineData("\"file\": \"mine.gguf\"", "\"file\": \"../mine.gguf\"", "file")]
    [InlineData("\"version\": \"1\"", "\"version\": 1", "version")]
    [InlineData("\"createdAt\": \"2026-11-21T10:00:00Z\"", "\"createdAt\": \"yesterday\"", "createdAt")]
    [InlineData("\"name\": \"mine\"", "\"name\": \"other\"", "name")]
    [InlineData("\"name\": \"mine\",", "\"name\": \"mine\", # comment", "document")]
    [InlineData("\"name\": \"mine\",", "\"name\": \"mine\", \"name\": \"mine\",", "")]
    public void What_is_wrong_is_named_by_file_and_key(string right, string wrong, string key)
    {
        var path = Path.Combine(_home.Add("mine"), "model.json");
        var text = File.ReadAllText(path);
        Assert.Contains(right, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(right, wrong, StringComparison.Ordinal));
        var fault = Assert.Throws<ForgeException>(() => HardenerFolder.Read(Path.Combine(_home.Own, "mine"), false));
        Assert.Equal("HardenerInvalid", fault.Id);
        Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(key.Length == 0 ? "uplicate" : $" {key}: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_description_is_read_or_refused_and_never_anything_else()
    {
        var path = Path.Combine(_home.Add("mine"), "model.json");
        var whole = File.ReadAllBytes(path);
        Prop.ForAll(ArbMap.Default.ArbFor<(PositiveInt Cut, PositiveInt At, byte With)>(), damage =>
        {
            var bytes = whole[..(whole.Length - (damage.Cut.Get % 5 == 0 ? damage.Cut.Get % whole.Length : 0))];
            bytes[damage.At.Get * 31 % bytes.Length] = damage.With;
            File.WriteAllBytes(path, bytes);
            try
            {
                return HardenerFolder.Read(Path.Combine(_home.Own, "mine"), false).Name == "mine";
            }
            catch (ForgeException e)
            {
                return e.Id == "HardenerInvalid" && e.Message.StartsWith(path, StringComparison.Ordinal);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task A_file_that_is_not_the_one_described_is_refused()
    {
        var model = HardenerFolder.Read(_home.Add("mine"), false);
        await HardenerFolder.RequireFileAsync(model, CancellationToken.None);
        await File.AppendAllTextAsync(model.ModelFile, "x");
        Assert.Equal("HardenerFileChanged", (await Assert.ThrowsAsync<ForgeException>(() => HardenerFolder.RequireFileAsync(model, CancellationToken.None))).Id);
        File.Delete(model.ModelFile);
        Assert.Equal("HardenerFileMissing", (await Assert.ThrowsAsync<ForgeException>(() => HardenerFolder.RequireFileAsync(model, CancellationToken.None))).Id);
    }

    [Theory]
    [InlineData("""{"id":"a","set":"test","wording":"content","title":"t","body":"b","names":[]}""", "action")]
    [InlineData("""{"id":"a","set":"test","wording":"fix","title":"t","body":"b","names":[],"action":null}""", "wording")]
    [InlineData("""{"id":"a","set":"test","wording":"content","title":"t","body":null,"names":[],"action":null}""", "body")]
    [InlineData("""{"id":"a","set":"test","wording":"content","title":"t","body":"b","names":"x","action":null}""", "names")]
    [InlineData("""{"id":"a","set":"test","wording":"content","title":"t","body":"b","names":[],"action":{"action":"package","name":"x"}}""", "state")]
    [InlineData("""{"id":"a","set":"test","wording":"content","title":"t","body":"b","names":[],"action":null,"more":1}""", "more")]
    [InlineData("null", "document")]
    [InlineData("{", "document")]
    public void A_wrong_line_of_held_out_rules_is_named(string line, string key)
    {
        var path = Path.Combine(_home.Root, "held.jsonl");
        File.WriteAllText(path, "{\"id\":\"a\",\"set\":\"test\",\"wording\":\"check\",\"title\":\"t\",\"body\":\"b\",\"names\":[\"n\"],\"action\":null}\n\n" + line + "\n");
        var fault = Assert.Throws<ForgeException>(() => HeldOutReader.Read(path));
        Assert.Equal("HeldOutInvalid", fault.Id);
        Assert.StartsWith($"{path}:3: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(key, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_held_out_rules_are_read_or_refused_and_never_anything_else()
    {
        var whole = File.ReadAllBytes(_home.Shelf.HeldOutPath)[..2000];
        var path = Path.Combine(_home.Root, "held.jsonl");
        Prop.ForAll(ArbMap.Default.ArbFor<(PositiveInt Cut, PositiveInt At, byte With)>(), damage =>
        {
            var bytes = whole[..(whole.Length - (damage.Cut.Get * 37 % whole.Length))];
            bytes[damage.At.Get * 31 % bytes.Length] = damage.With;
            File.WriteAllBytes(path, bytes);
            try
            {
                return HeldOutReader.Read(path).Rules.Count > 0;
            }
            catch (ForgeException e)
            {
                return e.Id == "HeldOutInvalid" && e.Message.StartsWith(path, StringComparison.Ordinal);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Held_out_rules_are_read_with_their_digest_and_the_final_set_only_when_named()
    {
        var set = HeldOutReader.Read(_home.Shelf.HeldOutPath);
        Assert.Equal(HardenerHome.Digest(File.ReadAllBytes(set.File)), set.Digest);
        Assert.Equal(2 * HardenerHome.Rules, set.Rules.Count);
        Assert.Equal(2 * (HardenerHome.Rules - 1), set.Select([], null).Count);
        Assert.Equal("r00", Assert.Single(set.Select(["final"], Core.Proposals.RuleWording.Check)).Id);
        Assert.Equal(["none", "package", "sysctl"], set.Rules.Select(r => r.Family).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("HeldOutNotFound", Assert.Throws<ForgeException>(() => HeldOutReader.Read("/nowhere/held.jsonl")).Id);
    }
}
