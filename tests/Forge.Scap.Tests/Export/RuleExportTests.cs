using System.Text.Json;
using Forge.Core.Actions.Typed;
using Forge.Core.Errors;
using Forge.Scap.Export;

namespace Forge.Scap.Tests.Export;

public sealed class RuleExportTests
{
    [Fact]
    public void The_same_content_gives_the_same_bytes_one_record_for_each_text()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("ssg-debian12-ds.xml"), Fixtures.Content("debian12"));
        File.CreateSymbolicLink(folder.File("ssg-debian13-ds.xml"), Fixtures.Content("debian13"));
        var root = Path.GetDirectoryName(folder.File("x"))!;

        var first = Bytes(root);
        Assert.Equal(first, Bytes(root));

        var records = System.Text.Encoding.UTF8.GetString(first).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.True(records.Count > 700, $"only {records.Count} records");
        Assert.Equal(records.Count, records.Select(r => string.Join('\0', Text(r, "id"), Text(r, "title"), Text(r, "description"), Text(r, "check"), r.GetProperty("action").GetRawText())).Distinct().Count());
        Assert.Equal(records.Select(r => Text(r, "id")).Order(StringComparer.Ordinal), records.Select(r => Text(r, "id")));
        Assert.Contains(records, r => r.GetProperty("streams").GetArrayLength() == 2);
        Assert.All(records, r => Assert.InRange(r.GetProperty("resources").GetArrayLength(), 0, 40));
        Assert.All(records.Where(r => r.GetProperty("action").ValueKind == JsonValueKind.Object), r => ActionCatalog.Default.Parse(r.GetProperty("action"), "content"));
    }

    [Fact]
    public void A_record_has_the_words_that_the_loop_has_and_the_manual_check()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("ssg-debian12-ds.xml"), Fixtures.Content("debian12"));
        var rule = RuleExport.Read(Path.GetDirectoryName(folder.File("x"))!).Single(r => r.Id == "sysctl_net_ipv4_ip_forward");

        Assert.Equal(["debian12"], rule.Streams);
        Assert.Contains("sudo sysctl -w net.ipv4.ip_forward=0", rule.Description, StringComparison.Ordinal);
        Assert.Contains("$ sysctl net.ipv4.ip_forward", rule.Check, StringComparison.Ordinal);
        Assert.Contains("net.ipv4.ip_forward", rule.Resources);
        Assert.True(rule.HasFix);
        Assert.Equal(Split.Of(rule.Id, isInProfile: true), rule.Set);
    }

    [Fact]
    public void A_folder_without_content_is_named()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal("ExportNoContent", Assert.Throws<ForgeException>(() => RuleExport.Read(Path.GetDirectoryName(folder.File("x"))!)).Id);
    }

    private static string Text(JsonElement record, string key) => record.GetProperty(key).GetString()!;

    private static byte[] Bytes(string folder)
    {
        using var stream = new MemoryStream();
        RuleExport.Write(RuleExport.Read(folder), stream);
        return stream.ToArray();
    }
}
