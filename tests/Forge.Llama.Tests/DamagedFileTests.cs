using Forge.Core.Errors;
using Forge.Llama.Gguf;
using Microsoft.Extensions.AI;

namespace Forge.Llama.Tests;

public sealed class DamagedFileTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly ModelLab _lab = new();

    public static TheoryData<string> Corpus => [.. Corruptions.Names];

    [Fact]
    public void The_corpus_has_at_least_sixty_files() => Assert.True(Corruptions.Names.Count() >= 60, $"{Corruptions.Names.Count()}");

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task A_damaged_file_ends_in_a_clear_error_and_leaves_no_process(string name)
    {
        var file = Path.Combine(_lab.Folder, "damaged.gguf");
        await File.WriteAllBytesAsync(file, Corruptions.Bytes(name), TestContext.Current.CancellationToken);
        ForgeException fault;
        int? child = null;
        await using (var client = ModelLab.Client(file, o => o with { ContextTokens = 32 }))
        {
            fault = await Assert.ThrowsAsync<ForgeException>(() => client.GetResponseAsync("abc", ModelLab.Options(4)).WaitAsync(Limit));
            child = client.Status?.ProcessId;
        }

        Assert.StartsWith("Model", fault.Id, StringComparison.Ordinal);
        Assert.NotEqual("ModelProcessEnded", fault.Id);
        Assert.Contains("damaged.gguf", $"{fault.Message} {fault.Subject}", StringComparison.Ordinal);
        Assert.NotNull(fault.NextStep);
        Assert.True(child is null || !ModelLab.IsAlive(child.Value));
    }

    [Fact]
    public async Task The_file_that_the_corpus_is_made_of_works()
    {
        var file = Path.Combine(_lab.Folder, "valid.gguf");
        await File.WriteAllBytesAsync(file, Corruptions.ValidBytes(), TestContext.Current.CancellationToken);
        await using var client = ModelLab.Client(file);
        Assert.Equal(4, (await client.GetResponseAsync("abc", ModelLab.Options(4))).Usage!.OutputTokenCount);
    }

    [Fact]
    public void Faults_name_file_and_place()
    {
        Assert.Contains("byte 4", Fault("version 4").Message, StringComparison.Ordinal);
        Assert.Contains("llama.block_count", Fault("llama.block_count is 0").Message, StringComparison.Ordinal);
        Assert.Contains("token_embd.weight", Fault("tensor offset beyond the file").Message, StringComparison.Ordinal);
        Assert.Contains("tokenizer.ggml.model", Fault("tokenizer missing").Message, StringComparison.Ordinal);
    }

    public void Dispose() => _lab.Dispose();

    private ForgeException Fault(string name)
    {
        var file = Path.Combine(_lab.Folder, "fault.gguf");
        File.WriteAllBytes(file, Corruptions.Bytes(name));
        return Assert.Throws<ForgeException>(() => GgufFile.Read(file).RequireModel());
    }
}
