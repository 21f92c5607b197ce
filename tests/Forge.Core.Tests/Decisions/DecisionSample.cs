using Forge.Core.Findings;
using Forge.Core.Skills;

namespace Forge.Core.Tests.Decisions;

/// <summary>A skill folder with two decisions, one of which a script can do.</summary>
public sealed class DecisionSample : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("forge-decision").FullName;

    public DecisionSample(string script = "#!/bin/sh\nprintf '%s|' \"$FORGE_ITEM\" \"$DECISION_DISK\" \"$DECISION_NAMES\" \"$DECISION_HASH\"\n")
    {
        Folder = Directory.CreateDirectory(Path.Combine(_root, "sample")).FullName;
        File.WriteAllText(Path.Combine(Folder, "do.sh"), script);
        File.WriteAllText(Path.Combine(Folder, "skill.yaml"), """
            name: sample
            title: A sample
            engine: xccdf
            decisions:
              - name: storage
                ids: ['^disk_']
                needs: a disk, which only you can give
                action: do.sh
                needsReboot: true
                inputs:
                  - { name: disk, description: The disk., type: device, required: true, example: /dev/sdb }
                  - { name: names, description: Names., type: list, pattern: '[a-z]+' }
                  - { name: hash, description: A hash., type: hash }
                  - { name: place, description: A place., type: path }
                  - { name: word, description: A word., type: string }
              - ids: ['^other_']
                needs: something that no script can do
            """);
        Skill = SkillLoader.Load(Folder, ["xccdf"]);
    }

    public string Folder { get; }

    public Skill Skill { get; }

    public string Write(string text)
    {
        var path = Path.Combine(_root, "decisions.yaml");
        File.WriteAllText(path, text);
        return path;
    }

    public static Finding Item(string id, string target = "web01") => new() { Id = id, Target = target, Skill = "sample", Title = $"Title of {id}" };

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
