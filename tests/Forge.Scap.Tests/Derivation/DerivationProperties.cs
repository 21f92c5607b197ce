using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Forge.Core.Actions.Typed;
using Forge.Scap.Derivation;
using Check = FsCheck.Check;

namespace Forge.Scap.Tests.Derivation;

public sealed class DerivationProperties
{
    private const string Tasks = """
        - name: Values
          set_fact: {limit: !!str 4, files: [/etc/a.conf, '{{ x }}'], one: "{{ limit | default('3') }}"}
        - block:
          - command: find -P /etc/cron.d/ -maxdepth 0 -type d
            register: found
            changed_when: false
          - ansible.builtin.file: {path: '{{ item }}', mode: 'u-s,g-xwrs,o-xwrt', owner: '0'}
            with_items: ['{{ found.stdout_lines }}']
        - lineinfile: {path: '{{ files[0] }}', line: 'deny = {{ one.split("|")[0] }}', mode: 420}
        - shell: cmd="x" y='z'
        """;

    private static readonly string[] Pieces =
        ["- ", "\n", "  ", ": ", "{", "}", "[", "]", "{{ ", " }}", "'", "\"", "&a ", "*a", "!!str ", "? ", "|", "<<: *a", "\t", "#", "\\1", "package:\n    name: x", "with_items: ", "when: ", "\0", "\ud800", "999999999999999999999"];

    [Fact]
    public void A_changed_fix_gives_an_action_of_the_catalogue_or_a_reason_and_nothing_else()
    {
        var gen = from at in Gen.Choose(0, Tasks.Length) from cut in Gen.Choose(0, 40) from piece in Gen.Elements(Pieces) select (at, cut, piece);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(gen.ListOf().ToArbitrary(), changes =>
        {
            var text = Tasks;
            foreach (var (at, cut, piece) in changes.Take(4))
            {
                var from = Math.Min(at, text.Length);
                text = text[..from] + piece + text[Math.Min(text.Length, from + cut)..];
            }

            Judge(AnsibleDerivation.Derive(text));
            Judge(ShellDerivation.Derive(text));
        }));
    }

    [Fact]
    public void Blocks_without_end_and_aliases_of_themselves_are_refused()
    {
        Assert.Contains("without end", AnsibleDerivation.Derive(string.Concat(Enumerable.Range(0, 40).Select(i => new string(' ', i * 2) + "- block:\n")) + new string(' ', 80) + "- debug: {}").Why, StringComparison.Ordinal);
        Assert.Null(AnsibleDerivation.Derive("- &a\n  block:\n  - *a").Action);
        Assert.Null(AnsibleDerivation.Derive("- set_fact: &a {x: *a}").Action);
    }

    private static void Judge(DerivedAction derived)
    {
        Assert.NotEmpty(derived.Why);
        if (derived.Action is { } action)
        {
            Assert.NotEqual(JsonValueKind.Null, action.ValueKind);
            ActionCatalog.Default.Parse(action, "content");
        }
    }
}
