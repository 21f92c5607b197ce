using Forge.Core.Errors;
using Forge.Core.Models;
using Forge.Models.Replay;
using Microsoft.Extensions.AI;

namespace Forge.Models.Tests;

public sealed class ReplayTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("forge-replay").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task Answers_are_found_by_role_item_and_turn_so_that_a_resumed_run_gets_the_same()
    {
        const string Text = """
            {"recording":"two turns","source":"by hand"}
            {"role":"worker","item":"a","turn":2,"answer":{"action":"second"}}
            {"role":"worker","item":"a","turn":1,"answer":"first"}
            {"role":"worker","item":"*","answer":"any"}
            """;
        var client = Client(Text);
        Assert.Equal("{\"action\":\"second\"}", await AskAsync(client, "worker", "a", 2));
        Assert.Equal("first", await AskAsync(client, "worker", "a", 1));
        Assert.Equal("{\"action\":\"second\"}", await AskAsync(client, "worker", "a", 2));
        Assert.Equal("any", await AskAsync(client, "worker", "b", 1));
        Assert.Equal("RecordingEnded", (await Assert.ThrowsAsync<ForgeException>(() => AskAsync(client, "worker", "b", 2))).Id);
        Assert.Equal("RecordingEnded", (await Assert.ThrowsAsync<ForgeException>(() => AskAsync(client, "architect", "a", 1))).Id);
    }

    [Fact]
    public async Task Faults_can_be_played()
    {
        var client = Client("{\"recording\":\"faults\"}\n{\"role\":\"worker\",\"item\":\"a\",\"fault\":\"down\"}\n{\"role\":\"worker\",\"item\":\"a\",\"fault\":\"silent\"}\n");
        Assert.Equal(ForgeErrorKind.Unreachable, (await Assert.ThrowsAsync<ForgeException>(() => AskAsync(client, "worker", "a", 1))).Kind);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AskAsync(client, "worker", "a", 2, soon.Token));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("{\"role\":\"worker\"}", ":1:")]
    [InlineData("{\"recording\":\"x\"}\n\nno json", ":3:")]
    [InlineData("{\"recording\":\"x\"}\n{\"role\":\"worker\",\"item\":\"a\"}", ":2:")]
    [InlineData("{\"recording\":\"x\"}\n{\"role\":\"worker\",\"item\":\"a\",\"fault\":\"explodes\"}", ":2:")]
    public void A_faulty_recording_is_named_with_its_line(string text, string named)
    {
        var fault = Assert.Throws<ForgeException>(() => Client(text));
        Assert.Equal("RecordingInvalid", fault.Id);
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    private ReplayChatClient Client(string text)
    {
        var path = Path.Combine(_folder, "r.jsonl");
        File.WriteAllText(path, text);
        return new ReplayChatClient(Recording.Read(path));
    }

    private static async Task<string> AskAsync(IChatClient client, string role, string item, int turn, CancellationToken cancellationToken = default) =>
        (await client.GetResponseAsync("x", new ChatOptions { AdditionalProperties = new() { [ModelKeys.Role] = role, [ModelKeys.Item] = item, [ModelKeys.Turn] = turn } }, cancellationToken)).Text;
}
