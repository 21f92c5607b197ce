using System.Text.Json;
using Forge.Core.Errors;
using Forge.Core.Journal;
using Forge.Core.Models;
using Forge.Core.Prompts;
using Microsoft.Extensions.AI;

namespace Forge.Core.Thinking;

/// <summary>
/// Asks models and writes everything down, whole. A model that does not answer is asked again at most twice within a minute, then it is lost for the rest of
/// the run and said so.
/// </summary>
/// <param name="models">Which model works in which role.</param>
/// <param name="blobs">Where requests and answers go.</param>
/// <param name="write">Writes an event about an item; null for the run as a whole.</param>
/// <param name="clock">Clock.</param>
public sealed class ModelCaller(IModelSource models, IBlobStore blobs, Func<ForgeEvent, string?, Task> write, TimeProvider clock)
{
    private const int Tries = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)];
    private readonly HashSet<string> _lost = new(StringComparer.Ordinal);

    /// <summary>The model of a role; the worker's where the architect or the reflector has none of its own; null where there is none or it is lost.</summary>
    public RoleModel? Find(ModelRole role)
    {
        var model = models.Find(role) ?? (role is ModelRole.Architect or ModelRole.Reflector ? models.Find(ModelRole.Worker) : null);
        return model is null || _lost.Contains(model.Name) ? null : model;
    }

    /// <summary>Asks a model.</summary>
    /// <param name="question">What.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ForgeException">Id <c>ModelDown</c>: it is lost. Other ids: this request cannot be answered.</exception>
    public async Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        var model = question.Model;
        List<ChatMessage> messages = [new(ChatRole.System, question.Prompt.System), new(ChatRole.User, question.Prompt.User)];
        if (model.ReasoningTokens > 0)
        {
            var thought = await InsistAsync(question, messages, null, model.ReasoningTokens, cancellationToken);
            messages.Add(new ChatMessage(ChatRole.Assistant, thought.Text));
            messages.Add(new ChatMessage(ChatRole.User, "Now give the one JSON object."));
        }

        return await InsistAsync(question, messages, question.Schema, model.AnswerTokens, cancellationToken);
    }

    /// <summary>Whether a fault is of one request and says nothing of the model.</summary>
    public static bool IsOfRequest(ForgeException e) => e.Id != "ModelDown" && e.Kind is ForgeErrorKind.BadInput or ForgeErrorKind.NotFound or ForgeErrorKind.Refused;

    private async Task<ModelAnswer> InsistAsync(ModelQuestion question, List<ChatMessage> messages, JsonElement? schema, int tokens, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AskOnceAsync(question, messages, schema, tokens, cancellationToken);
            }
            catch (ForgeException e) when (!IsOfRequest(e))
            {
                var elapsed = clock.GetElapsedTime(start);
                if (attempt == Tries || elapsed > Patience || e.Kind is ForgeErrorKind.Missing or ForgeErrorKind.Denied)
                {
                    _lost.Add(question.Model.Name);
                    await write(new ModelLost(question.Model.Name, e.Message, elapsed.TotalSeconds), null);
                    throw new ForgeException("ModelDown", ForgeErrorKind.Unreachable, $"The model {question.Model.Name} does not answer: {e.Message}", e.NextStep, question.Model.Name, e);
                }

                await Task.Delay(Pauses[attempt - 1], clock, cancellationToken);
            }
        }
    }

    private async Task<ModelAnswer> AskOnceAsync(ModelQuestion question, List<ChatMessage> messages, JsonElement? schema, int tokens, CancellationToken cancellationToken)
    {
        var options = new ChatOptions
        {
            MaxOutputTokens = tokens,
            Temperature = question.Model.Temperature,
            Seed = question.Turn,
            ResponseFormat = schema is { } json ? ChatResponseFormat.ForJsonSchema(json, question.Role.ToString().ToLowerInvariant()) : null,
            AdditionalProperties = new() { [ModelKeys.Role] = question.Role.ToString().ToLowerInvariant(), [ModelKeys.Item] = question.Item, [ModelKeys.Turn] = question.Turn },
        };
        var request = await blobs.PutAsync(RequestBytes(question, messages, schema, options), cancellationToken);
        var start = clock.GetTimestamp();
        try
        {
            var answer = await ReceiveAsync(question.Model, messages, options, cancellationToken);
            var stored = await blobs.PutAsync(System.Text.Encoding.UTF8.GetBytes(answer.Text), CancellationToken.None);
            await NoteAsync(question, request, stored, answer.Usage, start, "");
            return answer;
        }
        catch (ForgeException e)
        {
            await NoteAsync(question, request, null, ModelUsage.None, start, $"{e.Id}: {e.Message}");
            throw;
        }
    }

    private Task NoteAsync(ModelQuestion question, string request, string? answer, ModelUsage usage, long start, string fault) => write(
        new ModelAsked(question.Role, question.Model.Name, question.Turn, request, answer, usage, clock.GetElapsedTime(start).TotalSeconds, fault, question.Prompt.Dropped), question.Item);

    private async Task<ModelAnswer> ReceiveAsync(RoleModel model, List<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(model.IdleLimit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        var updates = new List<ChatResponseUpdate>();
        long length = 0;
        try
        {
            await foreach (var update in model.Client.GetStreamingResponseAsync(messages, options, both.Token))
            {
                updates.Add(update);
                length += update.Text.Length;
                if (length > MostCharacters(options))
                {
                    throw new ForgeException("ModelAnswerTooLong", ForgeErrorKind.BadInput, $"its answer is longer than {options.MaxOutputTokens} tokens can be", "The server ignores the limit of an answer; correct its settings.", model.Name);
                }

                silence.CancelAfter(model.IdleLimit);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ForgeException(
                "ModelSilent", ForgeErrorKind.Timeout, $"nothing came from it for {model.IdleLimit.TotalSeconds:0} s", "Measure-ForgeModel shows how fast it is; Add-ForgeModel -IdleLimit gives it more time.", model.Name);
        }

        var answer = ModelReading.AnswerOf(updates.ToChatResponse());
        // A server that does not count still costs: what it read and wrote is estimated.
        return answer.Usage is { Input: 0, Output: 0 }
            ? answer with { Usage = answer.Usage with { Input = messages.Sum(m => TokenEstimate.Of(m.Text)), Output = TokenEstimate.Of(answer.Text) } }
            : answer;
    }

    // No token of a text is longer than this on the average.
    private static long MostCharacters(ChatOptions options) => 4096 + (16L * (options.MaxOutputTokens ?? int.MaxValue));

    private static byte[] RequestBytes(ModelQuestion question, List<ChatMessage> messages, JsonElement? schema, ChatOptions options) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        model = question.Model.Name,
        role = question.Role.ToString().ToLowerInvariant(),
        item = question.Item,
        turn = question.Turn,
        messages = messages.Select(m => new { role = m.Role.Value, text = m.Text }),
        schema,
        maxTokens = options.MaxOutputTokens,
        temperature = options.Temperature,
        seed = options.Seed,
    });
}
