using Forge.Core.Errors;
using Forge.Testing.Gguf;
using Microsoft.Extensions.AI;

namespace Forge.Llama.Tests;

public sealed class AdapterTests : IDisposable
{
    private const string Prompt = "set the value of kernel.randomize_va_space";
    private readonly ModelLab _lab = new();

    [Fact]
    public async Task An_adapter_changes_the_answer_and_without_it_the_answer_is_the_old_one_in_the_same_process()
    {
        await using var client = _lab.Client();
        var adapter = Adapter(width: 128);
        var plain = await client.GetResponseAsync(Prompt, ModelLab.Options(40));
        var pid = client.Status!.ProcessId;
        await client.SetAdaptersAsync([new LlamaAdapter(adapter)], TestContext.Current.CancellationToken);
        var changed = await client.GetResponseAsync(Prompt, ModelLab.Options(40));
        await client.SetAdaptersAsync([new LlamaAdapter(adapter, 0)], TestContext.Current.CancellationToken);
        var weightless = await client.GetResponseAsync(Prompt, ModelLab.Options(40));
        await client.SetAdaptersAsync([], TestContext.Current.CancellationToken);
        var removed = await client.GetResponseAsync(Prompt, ModelLab.Options(40));
        Assert.NotEqual(plain.Text, changed.Text);
        Assert.Equal(0, changed.Usage!.CachedInputTokenCount);
        Assert.Equal(plain.Text, weightless.Text);
        Assert.Equal(plain.Text, removed.Text);
        Assert.Equal(pid, client.Status.ProcessId);
    }

    [Fact]
    public async Task Adapters_of_the_options_are_in_force_from_the_first_request()
    {
        var file = _lab.Model();
        var adapter = Adapter(width: 128);
        await using var later = ModelLab.Client(file);
        await later.SetAdaptersAsync([new LlamaAdapter(adapter)], TestContext.Current.CancellationToken);
        await using var first = ModelLab.Client(file, o => o with { Adapters = [new LlamaAdapter(adapter)] });
        Assert.Equal((await later.GetResponseAsync(Prompt, ModelLab.Options(40))).Text, (await first.GetResponseAsync(Prompt, ModelLab.Options(40))).Text);
    }

    [Fact]
    public async Task An_adapter_of_another_model_is_refused_and_the_model_goes_on()
    {
        await using var client = _lab.Client();
        var plain = await client.GetResponseAsync(Prompt, ModelLab.Options(10));
        var fault = await Assert.ThrowsAsync<ForgeException>(() => client.SetAdaptersAsync([new LlamaAdapter(Adapter(width: 192))], TestContext.Current.CancellationToken));
        Assert.Equal("ModelAdapterFailed", fault.Id);
        Assert.Equal(plain.Text, (await client.GetResponseAsync(Prompt, ModelLab.Options(10))).Text);
    }

    [Fact]
    public async Task An_adapter_given_as_the_model_is_said_so()
    {
        await using var client = ModelLab.Client(Adapter(width: 128));
        Assert.Equal("ModelFileNotAModel", (await Assert.ThrowsAsync<ForgeException>(() => client.LoadAsync(TestContext.Current.CancellationToken))).Id);
    }

    public void Dispose() => _lab.Dispose();

    private string Adapter(int width)
    {
        const int rank = 4;
        var file = Path.Combine(_lab.Folder, $"{Guid.NewGuid():N}.lora.gguf");
        using var writer = new GgufWriter();
        writer.Text("general.architecture", "llama");
        writer.Text("general.type", "adapter");
        writer.Text("adapter.type", "lora");
        writer.Float("adapter.lora.alpha", 16);
        var random = new RandomWeights(9);
        for (var layer = 0; layer < 2; layer++)
        {
            foreach (var part in new[] { "attn_q", "attn_v" })
            {
                writer.Tensor($"blk.{layer}.{part}.weight.lora_a", 0, [width, rank], s => random.Fill(s, 0, width * rank, 0.5f));
                writer.Tensor($"blk.{layer}.{part}.weight.lora_b", 0, [rank, width], s => random.Fill(s, 0, width * rank, 0.5f));
            }
        }

        using var stream = File.Create(file);
        writer.Write(stream, 32);
        return file;
    }
}
