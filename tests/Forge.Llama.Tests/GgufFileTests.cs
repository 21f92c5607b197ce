using FsCheck;
using FsCheck.Fluent;
using Forge.Core.Errors;
using Forge.Llama.Gguf;
using Forge.Testing.Gguf;

namespace Forge.Llama.Tests;

public sealed class GgufFileTests : IDisposable
{
    private readonly ModelLab _lab = new();

    [Theory]
    [InlineData("F32")]
    [InlineData("F16")]
    [InlineData("Q8_0")]
    public void A_file_says_what_it_is(string weights)
    {
        var model = new TinyGguf { Weights = weights, ChatTemplate = "x" };
        var file = GgufFile.Read(_lab.Model(model));
        file.RequireModel();
        Assert.Equal("llama", file.Architecture);
        Assert.Equal("random-1", file.Name);
        Assert.Equal(512, file.ContextLength);
        Assert.Equal(2, file.Layers);
        Assert.Equal(320, file.Vocabulary);
        Assert.Equal("x", file.ChatTemplate);
        Assert.Equal(weights, file.WeightType);
        Assert.Equal((2 * 128 * 320) + 128 + (2 * ((2 * 128) + (4 * 128 * 128) + (3 * 128 * 256))), file.Parameters);
        // Two layers, two heads of 64, keys and values, 2 bytes each.
        Assert.Equal(2 * 2 * (64 + 64) * 2 * 100, file.CacheBytes(100));
    }

    [Fact]
    public void The_digest_is_that_of_sha256sum_and_another_one_is_refused()
    {
        var file = GgufFile.Read(_lab.Model());
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file.Path)));
        Assert.Equal(digest, file.ComputeSha256());
        file.RequireDigest(digest.ToUpperInvariant());
        Assert.Equal("ModelDigestMismatch", Assert.Throws<ForgeException>(() => file.RequireDigest(new string('0', 64))).Id);
    }

    [Fact]
    public void A_context_that_does_not_fit_into_memory_is_refused_with_both_figures()
    {
        var fault = Assert.Throws<ForgeException>(() => GgufFile.Read(_lab.Model()).RequireMemory(1L << 40, 0));
        Assert.Equal("ModelTooLarge", fault.Id);
        Assert.Contains("available", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_so() =>
        Assert.Equal("ModelFileMissing", Assert.Throws<ForgeException>(() => GgufFile.Read(Path.Combine(_lab.Folder, "none.gguf"))).Id);

    [Fact]
    public void Any_bytes_changed_in_the_header_are_read_or_refused_clearly()
    {
        var valid = Corruptions.ValidBytes();
        var header = 6500;
        var changes = Gen.Zip(Gen.Choose(0, header), Gen.Choose(0, 255)).NonEmptyListOf();
        Prop.ForAll(changes.ToArbitrary(), list => Survives(valid, list)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_bytes_at_all_are_refused_clearly() =>
        Prop.ForAll<byte[]>(bytes => Survives([.. "GGUF"u8, 3, 0, 0, 0, .. bytes ?? []], [])).QuickCheckThrowOnFailure();

    public void Dispose() => _lab.Dispose();

    private bool Survives(byte[] valid, IEnumerable<(int At, int Value)> changes)
    {
        byte[] bytes = [.. valid];
        foreach (var (at, value) in changes)
        {
            bytes[at] = (byte)value;
        }

        var file = Path.Combine(_lab.Folder, "changed.gguf");
        File.WriteAllBytes(file, bytes);
        try
        {
            GgufFile.Read(file).RequireModel();
            return true;
        }
        catch (ForgeException e)
        {
            return e.Id.StartsWith("ModelFile", StringComparison.Ordinal) && e.Message.Contains(file, StringComparison.Ordinal);
        }
    }
}
