using Forge.Acceptance.Tests.Forge;

namespace Forge.Acceptance.Tests;

/// <summary>
/// What stands before Debian's <c>ucf</c> while the skill <c>stig</c> installs a package leaves the same files, lists and cache as <c>ucf</c> itself: one package installed
/// both ways on one machine, under two names; then upgraded and removed by <c>ucf</c> itself.
/// </summary>
public sealed class QuickRegistrationTests(LabMachine lab) : IClassFixture<LabMachine>
{
    // Registers its files as aide-common does: one of them before it is made. One exists already, one has a name that the quick way leaves alone.
    private const string Package = """
        package() { # NAME VERSION WORD
          rm -rf "/tmp/$1" && mkdir -p "/tmp/$1/DEBIAN" "/tmp/$1/usr/share/$1/sub"
          for file in 0existing 1plus+ a b c d e f g h sub/i; do echo "$file $3" >"/tmp/$1/usr/share/$1/$file"; done
          chmod 0755 "/tmp/$1/usr/share/$1/b" && chmod 0640 "/tmp/$1/usr/share/$1/c" && touch -d '2020-01-02 03:04:05' "/tmp/$1/usr/share/$1"/* "/tmp/$1/usr/share/$1/sub/i"
          printf 'Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: none <none@localhost>\nDepends: ucf, debconf\nDescription: files\n' "$1" "$2" >"/tmp/$1/DEBIAN/control"
          cat >"/tmp/$1/DEBIAN/postinst" <<'END'
        #!/bin/sh
        set -e
        . /usr/share/debconf/confmodule
        name=$DPKG_MAINTSCRIPT_PACKAGE
        mkdir -p "/etc/$name/sub"
        [ -n "$2" ] || ucfr "$name" "/etc/$name/c"
        for file in 0existing 1plus+ a b c d e f g h sub/i; do
          owner="$(ucfq --with-colons "/etc/$name/$file" | head -n 1 | cut --delimiter=: --fields=2)"
          [ -z "$owner" ] || [ "$owner" = "$name" ]
          ucf --three-way --debconf-ok "/usr/share/$name/$file" "/etc/$name/$file"
          ucfr "$name" "/etc/$name/$file"
        done
        END
          chmod 0755 "/tmp/$1/DEBIAN/postinst" && chmod 0755 "/tmp/$1/DEBIAN" && dpkg-deb --build "/tmp/$1" "/tmp/$1-$2.deb" >/dev/null
        }
        state() { # NAME
          find "/etc/$1" -printf '%P %y %m %U %G\n' | sort
          find "/etc/$1" -type f -printf '%P %TY\n' | sort
          (cd "/etc/$1" && find . -type f | sort | xargs sha256sum)
          grep -h "/etc/$1/" /var/lib/ucf/hashfile /var/lib/ucf/registry
          (cd /var/lib/ucf/cache && find . -name "*:$1:*" -printf '%f %m %U %G %TY\n' | sort && find . -name "*:$1:*" | sort | xargs -r cat)
          ucfq --with-colons "$1"
          dpkg-query -W -f '${Status}\n' "$1"
        }
        export DEBIAN_FRONTEND=noninteractive
        umask 077

        """;

    private static string Before => File.ReadAllText(Path.Combine(Path.GetDirectoryName(ForgeProcess.Executable)!, "skills", "stig", "fixes", "quick-ucf.sh"));

    [Fact]
    public void The_quick_way_leaves_what_ucf_leaves_and_ucf_goes_on_from_there()
    {
        lab.Reset();
        lab.Root($"""
            {Package}
            for name in slow fast; do mkdir "/etc/$name" && echo mine >"/etc/$name/0existing"; package "$name" 1 one; package "$name" 2 two; done
            apt-get -y install /tmp/slow-1.deb >/tmp/slow.log 2>&1 </dev/null
            """);
        lab.Root($"{Before}\napt-get -y install /tmp/fast-1.deb >/tmp/fast.log 2>&1 </dev/null");

        Same(State("slow"), State("fast"), "install ok installed");
        // The real ucf keeps the list of before at each call: of the quick ones the first is its own, and the one that was registered before it was made.
        Assert.Equal("4\n", lab.Root("grep -c /etc/fast/ /var/lib/ucf/hashfile.0"));
        Assert.Equal("10\n", lab.Root("grep -c 'Creating config file' /tmp/fast.log"));

        lab.Root($"{Package}\necho local >>/etc/slow/d; echo local >>/etc/fast/d; rm /etc/slow/e /etc/fast/e\napt-get -y install /tmp/slow-2.deb </dev/null\n");
        lab.Root($"{Before}\nexport DEBIAN_FRONTEND=noninteractive\napt-get -y install /tmp/fast-2.deb </dev/null");

        var upgraded = State("fast");
        Same(State("slow"), upgraded, "install ok installed");
        Assert.Equal("a two\nd one\nlocal\ngone\n", lab.Root("cat /etc/fast/a /etc/fast/d; [ -e /etc/fast/e ] || echo gone"));
        Assert.Equal("", lab.Root("ls -d /tmp/tmp.* 2>/dev/null"));

        lab.Root("for name in slow fast; do for file in a b sub/i; do ucf --purge /etc/$name/$file; ucfr --purge $name /etc/$name/$file; done; done");
        var purged = State("fast");
        Same(State("slow"), purged, "install ok installed");
        Assert.NotEqual(upgraded, purged);
    }

    [Fact]
    public void Where_nothing_may_be_run_from_the_folder_of_temporary_files_ucf_itself_does_it()
    {
        lab.Reset();
        lab.Root($"{Package}\npackage fast 1 one\nmount -t tmpfs -o noexec none /mnt");
        Assert.Equal("apt\n", lab.Root($"TMPDIR=/mnt\nexport TMPDIR\n{Before}\n[ -n \"${{APT_CONFIG-}}\" ] || echo apt"));

        lab.Root($"TMPDIR=/mnt\nexport TMPDIR\n{Before}\napt-get -y install /tmp/fast-1.deb </dev/null");

        Assert.Contains("fast \t /etc/fast/sub/i\n", lab.Root("cat /var/lib/ucf/registry"), StringComparison.Ordinal);
        Assert.Equal("10\n", lab.Root("grep -c /etc/fast/ /var/lib/ucf/hashfile.0; ls /mnt"));
    }

    private string State(string name) => lab.Root($"{Package}\nstate {name}")
        .Replace($"/{name}/", "/NAME/", StringComparison.Ordinal).Replace($"{name} \t", "NAME \t", StringComparison.Ordinal).Replace($":{name}:", ":NAME:", StringComparison.Ordinal);

    private static void Same(string slow, string fast, string contains)
    {
        Assert.Contains(contains, slow, StringComparison.Ordinal);
        Assert.Equal(slow, fast);
    }
}
