using System.Text;
using Forge.Core.Journal;
using Forge.Store.Index;
using Forge.Store.Memory;
using Forge.Store.Redaction;
using Forge.Store.Runs;
using Forge.Store.Tests.Given;
using FsCheck;
using FsCheck.Fluent;

namespace Forge.Store.Tests.Redaction;

public sealed class SecretsAreMasked
{
    private const string Password = "pä\"ss\\wörd <&> 漢";
    private const string Sha512 = "$6$rounds=5000$saltsalt$Y5.4KOpyXOIvsHAKdJBNOKuSOyTM0Pm3Cbd1wvN3rbAEcSOYdMyDGbwRVnWQmL6kJzYfIwKKzL0S8Xq3u1aBc/";
    private const string Yescrypt = "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7";

    private const string Key = """
        -----BEGIN OPENSSH PRIVATE KEY-----
        b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
        QyNTUxOQAAACBsecret
        -----END OPENSSH PRIVATE KEY-----
        """;

    [Fact]
    public async Task In_every_file_below_the_home()
    {
        using var home = new Home();
        Assert.True(home.Redactor.Register(Password));
        await using var index = new RunIndex(home.Options);
        var store = new RunStore(home.Options, index);
        var run = Home.Run() with { Parameters = new Dictionary<string, string> { ["sudo"] = Password }, Reason = Sha512 };
        string blob;
        await using (var journal = await store.CreateAsync(run, Home.Token))
        {
            blob = await journal.PutAsync(Encoding.UTF8.GetBytes($"root:{Sha512}:19000\nops:{Yescrypt}:1\n{Key}\nsudo said {Password}\nkept"), Home.Token);
            await journal.AppendAsync(new Noted($"{Password} {Sha512} {Yescrypt} {Key} kept") { Target = Password }, durable: true, Home.Token);
            await journal.AppendAsync(new ScanEnded(
                "before",
                new(1, 1, 1, 1, 1),
                new Dictionary<string,
                Core.Evaluation.VerdictKind> { [Password] = default },
                null,
                1,
                new Dictionary<string,
                string>()), durable: true, Home.Token);
            await journal.AppendAsync(new LessonLearned(Samples.Tip with { Mechanism = Password }), durable: true, Home.Token);
            await new TipMemory(index, home.Options).RecordAsync(Samples.Tip with { Mechanism = "2 " + Password, RunId = "x" }, Home.Token);
            var kept = Encoding.UTF8.GetString(await journal.GetAsync(blob, Home.Token));
            Assert.Equal(
                "root:[redacted:password-hash]:19000\nops:[redacted:password-hash]:1\n[redacted:private-key]\nsudo said [redacted:secret]\nkept",
                kept);
        }

        await store.RemoveAsync(run.Id, Home.Token);
        await using (var journal = await store.CreateAsync(run, Home.Token))
        {
            await journal.AppendAsync(new Noted($"{Password} {Key} {Yescrypt}"), durable: true, Home.Token);
        }

        var files = Directory.EnumerateFiles(home.Root, "*", SearchOption.AllDirectories).ToList();
        Assert.Contains(files, f => f.EndsWith("lessons.jsonl", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var text = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, Home.Token));
            foreach (var secret in new[] { "wörd", "w\\u00F6rd", "Y5.4KOpy", "X3DX6M94", "QyNTUxOQ" })
            {
                Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{secret} is in {file}");
            }
        }
    }

    [Theory]
    [InlineData("echo $1$2$3 $HOME $6 ${5}")]
    [InlineData("awk '{print $1$2}' /etc/passwd; $y $7$x")]
    [InlineData("grep -q '^root:!' /etc/shadow # $6$ means SHA-512")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----")]
    public void But_ordinary_text_stays(string text)
    {
        var redactor = new Redactor();
        Assert.Equal(text, redactor.Redact(text));
        Assert.Equal(text, Encoding.UTF8.GetString(redactor.Redact(Encoding.UTF8.GetBytes(text)).Span));
    }

    [Theory]
    [InlineData("$1$abcdefgh$0123456789012345678901", "[redacted:password-hash]")]
    [InlineData("$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW", "[redacted:password-hash]")]
    [InlineData("$5$salt$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8", "[redacted:password-hash]")]
    [InlineData("grub.pbkdf2.sha512.10000.AB12CD34EF56AB12CD34EF56.0123456789ABCDEF", "[redacted:password-hash]")]
    [InlineData("a -----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nMIIB", "a [redacted:private-key]")]
    [InlineData("-----BEGIN PRIVATE KEY-----\\nMIIB\\n-----END PRIVATE KEY-----\\nrest", "[redacted:private-key]\\nrest")]
    [InlineData(
        "-----BEGIN PRIVATE KEY-----\nMIIB\n-----BEGIN PRIVATE KEY-----\nMIIC\n-----END PRIVATE KEY-----",
        "[redacted:private-key][redacted:private-key]")]
    public void In_all_their_forms(string text, string expected) => Assert.Equal(expected, new Redactor().Redact(text));

    [Fact]
    public void Wherever_they_stand_in_bytes_of_any_kind()
    {
        var redactor = new Redactor();
        redactor.Register("hunter2 is ünique");
        var secret = Encoding.UTF8.GetBytes("hunter2 is ünique");
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte[]>(), (before, after) =>
        {
            var masked = redactor.Redact((byte[])[.. before, .. secret, .. after]).ToArray();
            return masked.SequenceEqual((byte[])[.. before, .. "[redacted:secret]"u8, .. after]) && redactor.Redact(before).Span.SequenceEqual(before);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Unless_too_short_to_be_told_from_words()
    {
        var redactor = new Redactor();
        Assert.False(redactor.Register("abc"));
        Assert.False(redactor.Register("   \n  "));
        Assert.Equal("abc", redactor.Redact("abc"));
    }

    [Fact]
    public void Also_where_one_secret_is_part_of_another()
    {
        var redactor = new Redactor();
        redactor.Register("secret");
        redactor.Register("secret-and-more");
        Assert.Equal("[redacted:secret] [redacted:secret]", redactor.Redact("secret-and-more secret"));
    }
}
