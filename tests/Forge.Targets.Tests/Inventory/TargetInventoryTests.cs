using Forge.Core.Errors;
using Forge.Core.Targets;
using Forge.Targets.Inventory;
using FsCheck;
using FsCheck.Fluent;

namespace Forge.Targets.Tests.Inventory;

public sealed class TargetInventoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("forge-inventory-").FullName;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_folder, "targets.yaml");

    private TargetInventory Inventory => new(FilePath, Path.Combine(_folder, ".ssh"));

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task What_is_added_is_read_again()
    {
        var web = new TargetDescription
        {
            Name = "web01", HostName = "10.0.0.1", Port = 2222, UserName = "ops", KeyFilePath = "/k e y", SudoPasswordFile = "/pw", KnownHostsFile = "/kh",
            Tags = ["web", "prod"], Options = new Dictionary<string, string> { ["Compression"] = "yes" }, ConnectingTimeout = 30, Lab = "practice",
        };
        await Inventory.AddAsync(web, false, Now);
        await Inventory.AddAsync(new TargetDescription { Name = "here", Transport = TargetTransport.Local }, false, Now);
        await Inventory.AddAsync(new TargetDescription { Name = "db01" }, false, Now);
        Assert.Equivalent(web, Inventory.Find("WEB01").Single(), true);
        Assert.Equal(["web01", "here", "db01"], Inventory.Load().Select(target => target.Name));
        Assert.Equal(["web01", "db01"], Inventory.Find("*01").Select(target => target.Name));
        Assert.Equal("web01", Inventory.Find("tag:w*").Single().Name);
        Assert.Empty(Inventory.Find("tag:none"));
        Assert.True(await Inventory.RemoveAsync("here", Now));
        Assert.False(await Inventory.RemoveAsync("here", Now));
        Assert.Equal(["web01", "db01"], Inventory.Load().Select(target => target.Name));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Comments_other_targets_and_own_keys_stay()
    {
        await File.WriteAllTextAsync(FilePath, """
            # ours
            x-owner: me
            targets:
              # the web
              web01:
                hostName: old   # was moved
                x-rack: 7
                x-notes:
                  - a
              db01: {port: 23}

            """, Now);
        Assert.Equal(23, Inventory.Find("db01").Single().Port);
        Assert.Equal("TargetExists", (await Assert.ThrowsAsync<ForgeException>(() => Inventory.AddAsync(new TargetDescription { Name = "web01" }, false, Now))).Id);
        await Inventory.AddAsync(new TargetDescription { Name = "web01", HostName = "new" }, true, Now);
        await Inventory.AddAsync(new TargetDescription { Name = "third" }, false, Now);
        Assert.Equal("""
            # ours
            x-owner: me
            targets:
              # the web
              web01:
                hostName: new
                x-rack: 7
                x-notes:
                  - a
              db01: {port: 23}
              third: {}

            """, await File.ReadAllTextAsync(FilePath, Now));
    }

    [Theory]
    [InlineData("targets:\n  a:\n    hostname: x\n", ":3: 'a.hostname'", "hostName")]
    [InlineData("targets:\n  a:\n    port: 0\n", ":3: 'a.port'", "")]
    [InlineData("targets:\n  a:\n    port: 99999\n", ":3: 'a.port'", "")]
    [InlineData("targets:\n  a b: {}\n", ":2: 'a b'", "")]
    [InlineData("targets:\n  a:\n    transport: ftp\n", ":3: 'a.transport'", "")]
    [InlineData("targets:\n  a:\n    tags: web\n", ":3: 'a.tags'", "")]
    [InlineData("hosts: {}\n", ":1: 'hosts'", "targets:")]
    [InlineData("targets: [a]\n", ":1: 'targets'", "")]
    [InlineData("targets:\n  a:\n  b: [\n", ":", "")]
    [InlineData("targets:\n  a: {}\n  a: {}\n", ":3:", "")]
    public async Task What_is_wrong_is_named_with_file_line_and_key(string text, string place, string next)
    {
        await File.WriteAllTextAsync(FilePath, text, Now);
        var error = Assert.Throws<ForgeException>(() => Inventory.Load());
        Assert.Equal("InventoryInvalid", error.Id);
        Assert.Contains(FilePath + place, error.Message, StringComparison.Ordinal);
        Assert.Contains(next, error.NextStep!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hosts_of_the_ssh_configuration_are_found_by_exact_name_only()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".ssh", "d"));
        await File.WriteAllTextAsync(Path.Combine(_folder, ".ssh", "config"), "Include d/*\nHost gate inner *.example\n  Port 1\nhost=other # x\nHost *\n", Now);
        await File.WriteAllTextAsync(Path.Combine(_folder, ".ssh", "d", "one"), "Host included\n", Now);
        Assert.Equal(["included", "gate", "inner", "other"], Inventory.SshNames());
        Assert.Equal("inner", Inventory.Find("inner").Single().Name);
        Assert.Empty(Inventory.Find("*"));
        var error = Assert.Throws<ForgeException>(() => Inventory.Find("nowhere"));
        Assert.Equal("TargetNotFound", error.Id);
    }

    [Fact]
    public void Any_text_survives_the_file() => Prop.ForAll<NonNull<string>, NonNull<string>>((host, user) =>
    {
        if (host.Get.Length == 0 || user.Get.Length == 0 || host.Get.Concat(user.Get).Any(char.IsSurrogate))
        {
            return true;
        }

        var path = Path.Combine(_folder, "any.yaml");
        File.Delete(path);
        var inventory = new TargetInventory(path, _folder);
        inventory.AddAsync(new TargetDescription { Name = "a", HostName = host.Get, UserName = user.Get }, false, Now).GetAwaiter().GetResult();
        var back = inventory.Load().Single();
        return back.HostName == host.Get && back.UserName == user.Get;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_schema_knows_every_setting()
    {
        using var schema = System.Text.Json.JsonDocument.Parse(TargetInventory.Schema);
        var keys = schema.RootElement.GetProperty("$defs").GetProperty("target").GetProperty("properties").EnumerateObject().Select(key => key.Name).Order();
        var settings = typeof(TargetDescription).GetProperties().Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..]).Where(name => name is not "name" and not "equalityContract");
        Assert.Equal(settings.Order(), keys);
    }
}
