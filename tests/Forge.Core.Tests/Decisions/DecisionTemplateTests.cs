using Forge.Core.Decisions;

namespace Forge.Core.Tests.Decisions;

public sealed class DecisionTemplateTests
{
    // util-linux 2.38, a Debian 12 guest with a root disk without partitions and an empty second one.
    private const string Lsblk = """
        {"blockdevices": [
          {"name":"vda", "path":"/dev/vda", "type":"disk", "size":6442450944, "ro":false, "fstype":"ext4", "pttype":null, "mountpoints":["/"], "model":null, "serial":null},
          {"name":"vdb", "path":"/dev/vdb", "type":"disk", "size":4294967296, "ro":false, "fstype":null, "pttype":null, "mountpoints":[null], "model":null, "serial":"spare"},
          {"name":"sdc", "path":"/dev/sdc", "type":"disk", "size":4294967296, "ro":false, "fstype":null, "pttype":"gpt", "mountpoints":[null], "model":"X", "serial":"1",
           "children":[{"name":"sdc1", "path":"/dev/sdc1", "type":"part", "size":1, "ro":false, "fstype":null, "pttype":"gpt", "mountpoints":[null]}]},
          {"name":"sr0", "path":"/dev/sr0", "type":"rom", "size":1073741312, "ro":false, "fstype":null, "pttype":null, "mountpoints":[null], "model":"DVD", "serial":null}
        ]}
        """;

    [Fact]
    public void Only_disks_that_hold_nothing_are_offered()
    {
        Assert.Equal([new DecisionOffer("web01", "/dev/vdb", "4 GiB, spare")], SpareDisks.Parse("web01", Lsblk));
        Assert.Empty(SpareDisks.Parse("web01", "lsblk: unknown column"));
        Assert.Empty(SpareDisks.Parse("web01", """{"blockdevices": "none"}"""));
    }

    [Fact]
    public void The_template_asks_for_what_is_missing_can_be_read_at_once_and_gives_nothing_by_itself()
    {
        using var sample = new DecisionSample();
        var wanted = DecisionTemplate.For(sample.Skill, [("web01", "disk_home"), ("web02", "disk_home"), ("web01", "other_thing"), ("web01", "unrelated")]);
        var text = DecisionTemplate.Write(sample.Skill, wanted, SpareDisks.Parse("web01", Lsblk));

        Assert.Equal(["storage"], wanted.Select(w => w.Decision.Name));
        Assert.Contains("# web01: disk_home\n", text, StringComparison.Ordinal);
        Assert.Contains("# web01 has /dev/vdb: 4 GiB, spare", text, StringComparison.Ordinal);
        Assert.Null(DecisionFileReader.Read(sample.Write(text), sample.Skill).Find("web01", "storage"));

        var filled = text.Replace("    disk:\n", "    disk: /dev/vdb\n", StringComparison.Ordinal);
        Assert.Equal("/dev/vdb", DecisionFileReader.Read(sample.Write(filled), sample.Skill).Find("web01", "storage")!["disk"].Text);
    }
}
