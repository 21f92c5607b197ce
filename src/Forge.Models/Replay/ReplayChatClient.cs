using System.Runtime.CompilerServices;
using Forge.Core.Errors;
using Forge.Core.Models;
using Microsoft.Extensions.AI;

namespace Forge.Models.Replay;

/// <summary>Answers from a recording: by role, item and turn, so that a resumed run gets the same answers again. Thread-safe.</summary>
/// <param name="recording">The recording.</param>
public sealed class ReplayChatClient(Recording recording) : IChatClient
{
    private readonly Lock _gate = new();
    private readonly HashSet<RecordedAnswer> _used = new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ForgeException">Id <c>RecordingEnded</c>: it holds no (more) answer for the role and item.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var answer = Next(Text(options, ModelKeys.Role), Text(options, ModelKeys.Item), options?.AdditionalProperties?.GetValueOrDefault(ModelKeys.Turn) as int?);
        switch (answer.Fault)
        {
            case "down":
                throw new ForgeException("ModelDown", ForgeErrorKind.Unreachable, "the recording plays a model that is down");
            case "silent":
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, answer.Text);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static string Text(ChatOptions? options, string key) => options?.AdditionalProperties?.GetValueOrDefault(key) as string ?? "";

    private RecordedAnswer Next(string role, string item, int? turn)
    {
        lock (_gate)
        {
            var mine = recording.Answers.Where(a => a.Role == role && (a.Item == item || a.Item == "*")).ToList();
            var answer = mine.FirstOrDefault(a => a.Turn == turn && turn is not null) ?? mine.FirstOrDefault(a => a.Turn is null && !_used.Contains(a));
            if (answer is null)
            {
                throw new ForgeException("RecordingEnded", ForgeErrorKind.NotFound, $"the recording '{recording.Label}' holds no (more) answer of {role} for {item}", "Record it with a model that runs.", item);
            }

            _used.Add(answer);
            return answer;
        }
    }
}
