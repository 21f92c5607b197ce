using Forge.Core.Targets;
using Forge.Targets.Checks;
using Forge.Targets.HostKeys;
using Forge.Targets.Tests.Ssh;

namespace Forge.Targets.Tests.Checks;

public sealed class TargetTesterTests(SshServer server) : IClassFixture<SshServer>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_target_has_a_row_for_everything()
    {
        var rows = await Rows(server.Target, server.Options);
        Assert.Equal(["Reachable", "HostKey", "Sudo", "Os", "Disk", "Clock", "Scanner", "Undo"], rows.Select(row => row.Check));
        Assert.Matches(@"^\d+ ms, OpenSSH \d", rows[0].Detail);
        Assert.Matches("^ED25519 SHA256:.{43} \\(known\\)$", rows[1].Detail);
        Assert.Matches(@"^\d+\.\d GiB free of \d+\.\d GiB on /$", rows[4].Detail);
        Assert.Matches(@"^\d+\.\d s (ahead|behind)$", rows[5].Detail);
        Assert.Equal(TargetCheckResult.Missing, rows[6].Result);
        Assert.StartsWith("file journal", rows[7].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_reached_has_one_row_that_says_why()
    {
        var row = Assert.Single(await Rows(server.Target with { Port = SshServer.FreePort() }, server.Options));
        Assert.Equal(("Reachable", TargetCheckResult.Failed), (row.Check, row.Result));
        var unknown = Assert.Single(await Rows(server.Target, server.Options with { ForgeHome = Path.Combine(server.Folder, "no keys") }));
        Assert.Equal(("HostKey", TargetCheckResult.Failed), (unknown.Check, unknown.Result));
    }

    [Fact]
    public async Task A_fetched_key_is_trusted_only_when_told()
    {
        var options = server.Options with { ForgeHome = Path.Combine(server.Folder, "fetching") };
        var store = new HostKeyStore(options);
        var key = await store.FetchAsync(server.Target, Now);
        Assert.False(File.Exists(options.KnownHostsPath));
        Assert.Equal($"[127.0.0.1]:{server.Port}", key.Name);
        await store.TrustAsync(key, Now);
        await store.TrustAsync(key, Now);
        Assert.Single(await File.ReadAllLinesAsync(options.KnownHostsPath, Now));
        await using (await new TargetConnector(options).ConnectAsync(server.Target, ConnectionRole.Fresh, Now))
        {
        }

        var other = key with { Line = key.Line[..^4] + "AAAA" };
        await Assert.ThrowsAsync<Forge.Core.Errors.ForgeException>(() => store.TrustAsync(other, Now));
        await store.ForgetAsync(key.Name, Now);
        Assert.Empty(await File.ReadAllLinesAsync(options.KnownHostsPath, Now));
    }

    private static async Task<List<TargetCheck>> Rows(TargetDescription target, TargetOptions options)
    {
        var tester = new TargetTester(new TargetConnector(options), new HostKeyStore(options), null, TimeProvider.System, Scanner);
        var rows = new List<TargetCheck>();
        await foreach (var row in tester.TestAsync(target, Now))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static async IAsyncEnumerable<TargetCheck> Scanner(ITarget target, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await target.RunAsync(new CommandRequest { Script = "true" }, cancellationToken);
        yield return new TargetCheck("Scanner", TargetCheckResult.Missing, "none");
    }
}
