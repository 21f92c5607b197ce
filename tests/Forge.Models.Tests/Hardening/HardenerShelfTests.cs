using Forge.Core.Errors;
using Forge.Models.Hardening;
using Forge.Shared;

namespace Forge.Models.Tests.Hardening;

public sealed class HardenerShelfTests : IDisposable
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private readonly HardenerHome _home = new();

    private HardenerShelf Shelf => _home.Shelf;

    public void Dispose() => _home.Dispose();

    [Fact]
    public void The_shipped_one_is_enabled_where_nothing_was_decided()
    {
        _home.Add("mine");
        Assert.Equal(["forge-hardener", "mine"], Shelf.List(out var faults).Select(m => m.Name));
        Assert.Empty(faults);
        Assert.True(Shelf.Enabled()!.IsShipped);
        Assert.Equal("NothingBefore", Assert.Throws<ForgeException>(() => Restore()).Id);
        Assert.False(File.Exists(_home.EnabledFile));
    }

    [Fact]
    public void Without_any_model_none_is_enabled()
    {
        using var bare = new HardenerHome(withShipped: false);
        Assert.Null(bare.Shelf.Enabled());
        Assert.Equal("None", bare.Shelf.EnabledName);
        Assert.Empty(bare.Shelf.List(out _));
    }

    [Fact]
    public async Task To_disable_twice_goes_back_twice()
    {
        _home.Add("a");
        _home.Add("b");
        await EnableAsync("a");
        await EnableAsync("None");
        await EnableAsync("b");
        Assert.Equal("b", Shelf.Enabled()!.Name);
        Assert.Equal(["None", "a", "forge-hardener"], Shelf.Before().Select(b => b.Name));
        await RestoreAsync();
        Assert.Null(Shelf.Enabled());
        await RestoreAsync();
        Assert.Equal("a", Shelf.Enabled()!.Name);
        await EnableAsync("b");
        await RestoreAsync();
        Assert.Equal("a", Shelf.Enabled()!.Name);
        await RestoreAsync();
        Assert.Equal("forge-hardener", Shelf.Enabled()!.Name);
        Assert.Equal("NothingBefore", Assert.Throws<ForgeException>(() => Restore()).Id);
        Assert.Equal(8, Shelf.History().Count);
        await EnableAsync("a");
        await RestoreAsync();
        Assert.Equal("forge-hardener", Shelf.Enabled()!.Name);
    }

    [Fact]
    public async Task What_is_gone_is_passed_over_and_named()
    {
        _home.Add("a");
        _home.Add("b");
        await EnableAsync("a");
        await EnableAsync("b");
        Directory.Delete(Path.Combine(_home.Own, "a"), true);
        var (change, passedOver) = Restore();
        Assert.Equal("forge-hardener", change.Name);
        Assert.Contains("'a'", Assert.Single(passedOver).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_own_model_that_was_replaced_is_not_the_one_that_was_enabled()
    {
        _home.Add("mine");
        await EnableAsync("mine");
        Assert.Equal("mine", Shelf.Enabled()!.Name);
        _home.Add("mine", content: "other weights");
        Assert.Equal("HardenerReplaced", Assert.Throws<ForgeException>(() => Shelf.Enabled()).Id);
        Directory.Delete(Path.Combine(_home.Own, "mine"), true);
        var gone = Assert.Throws<ForgeException>(() => Shelf.Enabled());
        Assert.Equal(("ModelNotFound", "Disable-ForgeModel restores the one before it."), (gone.Id, gone.NextStep));
    }

    [Fact]
    public async Task A_newer_shipped_model_is_enabled_as_the_older_one_was()
    {
        _home.Add("mine");
        await EnableAsync("mine");
        await EnableAsync("forge-hardener");
        _home.Add("forge-hardener", shipped: true, content: "newer weights");
        Assert.True(Shelf.Enabled()!.IsShipped);
    }

    [Fact]
    public void A_folder_that_cannot_be_read_hides_no_other()
    {
        _home.Add("good");
        File.WriteAllText(Path.Combine(_home.Add("bad"), "model.json"), "{}");
        Directory.CreateDirectory(Path.Combine(_home.Own, "empty"));
        _home.Add("forge-hardener");
        Assert.Equal(["forge-hardener", "good"], Shelf.List(out var faults).Select(m => m.Name));
        Assert.Equal(["HardenerInvalid", "HardenerInvalid", "HardenerNameTaken"], faults.Select(f => f.Id));
        Assert.Equal("HardenerInvalid", Assert.Throws<ForgeException>(() => Shelf.Find("bad")).Id);
        Assert.Equal("ModelNotFound", Assert.Throws<ForgeException>(() => Shelf.Find("worse")).Id);
    }

    [Theory]
    [InlineData("{\"history\":[{\"time\":\"2026-11-21T10:00:00Z\"}]}", "history[0]")]
    [InlineData("{\"history\":[{\"time\":\"now\"}]}", "history[0].time")]
    [InlineData("{\"history\":[]", "document")]
    [InlineData("{\"history\":[],\"enabled\":\"x\"}", "enabled")]
    public void A_damaged_history_is_named_and_not_taken_for_none(string text, string key)
    {
        Directory.CreateDirectory(_home.Own);
        File.WriteAllText(_home.EnabledFile, text);
        var fault = Assert.Throws<ForgeException>(() => Shelf.Enabled());
        Assert.Equal("HardenerHistoryInvalid", fault.Id);
        Assert.Contains($"{_home.EnabledFile}:1: {key}", fault.Message, StringComparison.Ordinal);
    }

    private Task EnableAsync(string name) => Shelf.RecordAsync(
        new HardenerChange(DateTimeOffset.UnixEpoch, HardenerChangeKind.Enabled, name, name == "None" ? null : Shelf.Find(name).Sha256, Shelf.EnabledName, "me", true, "a test", "so", null), Now);

    private (HardenerChange Change, IReadOnlyList<ForgeException> PassedOver) Restore() => HardenerRestoration.Decide(Shelf, TimeProvider.System, "me", "");

    private Task RestoreAsync() => Shelf.RecordAsync(Restore().Change, Now);
}
