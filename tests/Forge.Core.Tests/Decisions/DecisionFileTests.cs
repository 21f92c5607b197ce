using Forge.Core.Decisions;
using Forge.Core.Errors;

namespace Forge.Core.Tests.Decisions;

public sealed class DecisionFileTests : IDisposable
{
    private const string GrubHash = "grub.pbkdf2.sha512.10000.0123456789ABCDEF0123456789ABCDEF.0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF";

    private readonly DecisionSample _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void A_targets_own_input_goes_before_the_common_one()
    {
        var file = Read("""
            default:
              storage: { disk: /dev/sdb, names: [one, two] }
            targets:
              web01: { storage: { disk: /dev/sdc } }
            prefer: ['package:chrony', 'package:ufw']
            """);

        Assert.Equal("/dev/sdc", file.Find("web01", "storage")!["disk"].Text);
        Assert.Equal("one\ntwo", file.Find("web01", "storage")!["names"].Text);
        Assert.Equal("/dev/sdb", file.Find("db01", "storage")!["disk"].Text);
        Assert.Equal(["package:chrony", "package:ufw"], file.Prefer);
    }

    [Fact]
    public void What_is_left_empty_is_not_given()
    {
        var file = Read("skill: sample\ndefault:\n  storage:\n    disk:\n    names:\ntargets:\nprefer:\n");

        Assert.Null(file.Find("web01", "storage"));
    }

    [Fact]
    public void Common_values_may_lack_what_each_target_gives_itself()
    {
        var file = Read("default:\n  storage: { names: [one] }\ntargets:\n  web01:\n    storage: { disk: /dev/sdc }\n");

        Assert.Equal("one", file.Find("web01", "storage")!["names"].Text);
        Assert.Null(file.Find("db01", "storage"));
    }

    [Theory]
    [InlineData("default:\n  storge: { disk: /dev/sdb }\n", ":2: default.storge: the skill 'sample' has no such decision; it has storage")]
    [InlineData("default:\n  storage:\n    disk: /dev/sdb\n    dsik: /dev/sdc\n", ":4: default.storage.dsik: the decision has no such input; it has disk, names")]
    [InlineData("default:\n  storage:\n    names: [one]\n", ":3: default.storage.disk: is required and missing: The disk.")]
    [InlineData("targets:\n  web01:\n    storage:\n      names: [one]\n", ":4: targets.web01.storage.disk: is required and missing")]
    [InlineData("default:\n  storage:\n    disk: sdb\n", ":3: default.storage.disk: 'sdb' is not a device")]
    [InlineData("default:\n  storage:\n    disk: /dev/../etc/passwd\n", ":3: default.storage.disk: '/dev/../etc/passwd' is not a device")]
    [InlineData("default:\n  storage:\n    disk: [/dev/sdb]\n", ":3: default.storage.disk: must be one value, not a list")]
    [InlineData("default:\n  storage:\n    disk: /dev/sdb\n    names: one\n", ":4: default.storage.names: must be a list")]
    [InlineData("default:\n  storage:\n    disk: /dev/sdb\n    names: [one, 'two; reboot']\n", ":4: default.storage.names: 'two; reboot' does not match [a-z]+")]
    [InlineData("default:\n  storage:\n    disk: /dev/sdb\n    place: etc\n", ":4: default.storage.place: 'etc' is not an absolute path")]
    [InlineData("default:\n  storage:\n    disk: /dev/sdb\n    word: \"two\\nlines\"\n", ":4: default.storage.word: must be one line")]
    [InlineData("skill: other\n", ":1: skill: the file is for the skill 'other'")]
    [InlineData("defaults: {}\n", ":1: defaults: is not a known key; known are skill, default, targets, prefer")]
    [InlineData("prefer: [chrony]\n", ":1: prefer[0]: 'chrony' does not match")]
    public void Each_fault_is_named_with_file_line_and_key(string text, string expected)
    {
        var error = Assert.Throws<ForgeException>(() => Read(text));

        Assert.Equal("DecisionInvalid", error.Id);
        Assert.Contains("decisions.yaml" + expected, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.NextStep);
    }

    [Fact]
    public void A_password_instead_of_its_hash_is_refused_and_not_repeated()
    {
        var error = Assert.Throws<ForgeException>(() => Read("default:\n  storage:\n    disk: /dev/sdb\n    hash: hunter2\n"));

        Assert.Contains(":4: default.storage.hash: the value is not a password hash", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hashes_are_named_as_secrets_and_do_not_show_when_printed()
    {
        var file = Read($"default:\n  storage: {{ disk: /dev/sdb, hash: {GrubHash} }}\n");

        Assert.Equal([GrubHash], file.Secrets);
        Assert.DoesNotContain(GrubHash, file.Find("web01", "storage")!["hash"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_resumed_run_takes_the_same_decisions_and_the_same_scripts_or_none()
    {
        var path = _sample.Write("default:\n  storage: { disk: /dev/sdb }\n");
        var digest = DecisionFileReader.Read(path, _sample.Skill).Digest;

        Assert.Equal(digest, DecisionFileReader.ReadSame(path, _sample.Skill, digest).Digest);
        File.AppendAllText(Path.Combine(_sample.Folder, "do.sh"), "reboot\n");
        Assert.Equal("DecisionChanged", Assert.Throws<ForgeException>(() => DecisionFileReader.ReadSame(path, _sample.Skill, digest)).Id);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_that_says_how_to_get_one()
    {
        var error = Assert.Throws<ForgeException>(() => DecisionFileReader.Read("/nowhere/decisions.yaml", _sample.Skill));

        Assert.Equal("DecisionNotFound", error.Id);
        Assert.Contains("New-ForgeDecision", error.NextStep, StringComparison.Ordinal);
    }

    private DecisionFile Read(string text) => DecisionFileReader.Read(_sample.Write(text), _sample.Skill);
}
