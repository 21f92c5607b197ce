using System.Globalization;
using Forge.Cmdlets.Composition;
using Forge.Core.Errors;
using Forge.Llama;
using Forge.Llama.Gguf;
using Forge.Models;
using Forge.Models.Replay;
using Microsoft.Extensions.AI;

namespace Forge.Cmdlets.Models;

/// <summary>Tests a model from its file to its first answer; the first check that fails is the last.</summary>
/// <param name="services">The services.</param>
/// <param name="model">The model.</param>
internal sealed class ModelTester(ForgeServices services, ModelDescription model)
{
    private const int Sequences = 2;

    /// <summary>The checks in their order.</summary>
    public async IAsyncEnumerable<ModelCheck> TestAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (name, check) in Checks())
        {
            var row = await RunAsync(name, check, cancellationToken);
            yield return row;
            if (row.Result == ModelCheckResult.Failed)
            {
                yield break;
            }
        }
    }

    private IEnumerable<(string Name, Func<CancellationToken, Task<(ModelCheckResult, string)>> Check)> Checks() => model.Kind switch
    {
        ModelKind.Llama => [("File", _ => Now(File)), ("Digest", _ => Now(Digest)), ("Template", _ => Now(Template)), ("Memory", _ => Now(Memory)), ("Load", LoadAsync), ("Answer", AnswerAsync)],
        ModelKind.OpenAI => [("Answer", AnswerAsync)],
        _ => [("Recording", _ => Now(() => Recording.Read(model.Path!) is var r ? (ModelCheckResult.Ok, $"{r.Count} answers: {r.Label}") : default))],
    };

    private async Task<ModelCheck> RunAsync(string name, Func<CancellationToken, Task<(ModelCheckResult, string)>> check, CancellationToken cancellationToken)
    {
        try
        {
            var (result, detail) = await check(cancellationToken);
            return new ModelCheck(model.Name, name, result, detail);
        }
        catch (ForgeException e)
        {
            return new ModelCheck(model.Name, name, ModelCheckResult.Failed, $"{e.Message}{(e.NextStep is { } next ? $" {next}" : "")}");
        }
    }

    private static Task<(ModelCheckResult, string)> Now(Func<(ModelCheckResult, string)> check) => Task.FromResult(check());

    private (ModelCheckResult, string) File()
    {
        var file = GgufFile.Read(model.Path!);
        file.RequireModel();
        return (ModelCheckResult.Ok, string.Create(CultureInfo.InvariantCulture, $"{file.Architecture}, {file.Parameters / 1e6:0.0} M parameters, {file.WeightType}, {file.FileSize / 1048576.0:0.0} MiB, trained for {file.ContextLength} tokens"));
    }

    private (ModelCheckResult, string) Digest()
    {
        if (model.Digest is null)
        {
            return (ModelCheckResult.Warning, "none is known: add the model again with -Force");
        }

        GgufFile.Read(model.Path!).RequireDigest(model.Digest);
        return (ModelCheckResult.Ok, model.Digest);
    }

    private (ModelCheckResult, string) Template() => GgufFile.Read(model.Path!).ChatTemplate is null
        ? (ModelCheckResult.Warning, "the file has none: roles are written as plain lines")
        : (ModelCheckResult.Ok, "the file's own");

    private (ModelCheckResult, string) Memory()
    {
        var file = GgufFile.Read(model.Path!);
        var tokens = (long)model.ContextTokens * Sequences;
        file.RequireMemory(tokens, model.GpuLayers ?? 0);
        return (ModelCheckResult.Ok, string.Create(CultureInfo.InvariantCulture, $"{(file.WeightBytes + (file.CacheBytes(tokens) ?? 0)) / 1048576.0:0} MiB for weights and {tokens} tokens"));
    }

    private async Task<(ModelCheckResult, string)> LoadAsync(CancellationToken cancellationToken)
    {
        var status = await ((LlamaChatClient)services.ModelClient(model)).LoadAsync(cancellationToken);
        return (ModelCheckResult.Ok, string.Create(
            CultureInfo.InvariantCulture, $"{status.LoadTime.TotalSeconds:0.00} s, process {status.ProcessId}, {status.Threads} threads, {status.OffloadedLayers} layers on {(status.Gpus.Count == 0 ? "no GPU" : string.Join(", ", status.Gpus))}"));
    }

    private async Task<(ModelCheckResult, string)> AnswerAsync(CancellationToken cancellationToken)
    {
        var response = await services.ModelClient(model).GetResponseAsync([new ChatMessage(ChatRole.User, "Answer with one word.")], new ChatOptions { MaxOutputTokens = 16, Temperature = 0 }, cancellationToken);
        return (ModelCheckResult.Ok, $"{response.Usage?.InputTokenCount ?? 0} + {response.Usage?.OutputTokenCount ?? 0} tokens");
    }
}
