using System.Reflection;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using Forge.Core.Journal;
using Forge.Store.Tests.Given;

namespace Forge.Store.Tests.Runs;

public sealed class EveryEventSurvivesTheJournal
{
    private static readonly Type[] EventTypes = [.. typeof(ForgeEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType)];

    [Fact]
    public void Every_event_type_has_a_sample() => Assert.Equal(EventTypes.ToHashSet(), Samples.Events.Select(e => e.GetType()).ToHashSet());

    [Fact]
    public void Every_event_type_of_the_contract_is_declared_with_a_name_of_its_own()
    {
        var concrete = typeof(ForgeEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ForgeEvent))).ToHashSet();
        Assert.Equal(concrete, EventTypes.ToHashSet());
        var names = typeof(ForgeEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => (string)a.TypeDiscriminator!).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Samples_come_back_as_they_were_written()
    {
        using var home = new Home();
        await using (var journal = await home.Store.CreateAsync(Home.Run(), Home.Token))
        {
            foreach (var sample in Samples.Events)
            {
                await journal.AppendAsync(sample, durable: false, Home.Token);
            }
        }

        var lines = await home.LinesAsync(Home.Run().Id);
        Assert.Equal(Samples.Events.Count, lines.Count);
        Assert.All(Samples.Events.Zip(lines), pair => Assert.Null(Deep.Difference(pair.First, pair.Second.Event)));
    }

    [Fact]
    public async Task Any_event_comes_back_as_it_was_written()
    {
        using var home = new Home();
        var run = 0;
        var written = new List<(string Id, ForgeEvent Event)>();
        var property = Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var any = new AnyValue(seed);
            var id = $"20261121-0912-any-{run++}";
            using var folder = new Home();
            var journal = folder.Store.CreateAsync(Home.Run(id), default).GetAwaiter().GetResult();
            foreach (var type in EventTypes)
            {
                var made = (ForgeEvent)any.Of(type)!;
                journal.AppendAsync(made, durable: false, default).GetAwaiter().GetResult();
                written.Add((id, made));
            }

            journal.DisposeAsync().AsTask().GetAwaiter().GetResult();
            var lines = folder.LinesAsync(id).GetAwaiter().GetResult();
            var differences = written.Where(w => w.Id == id).Zip(lines).Select(p => Deep.Difference(p.First.Event, p.Second.Event, p.First.Event.GetType().Name)).Where(d => d is not null).ToList();
            Assert.Empty(differences);
            Assert.Equal(EventTypes.Length, lines.Count);
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(25), property);
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task A_number_that_JSON_does_not_have_is_refused_and_nothing_is_written(double seconds)
    {
        using var home = new Home();
        await using var journal = await home.Store.CreateAsync(Home.Run(), Home.Token);
        var error = await Assert.ThrowsAsync<Core.Errors.ForgeException>(() => journal.AppendAsync(new RebootEnded("b", "k", seconds), durable: true, Home.Token));
        Assert.Equal("EventRefused", error.Id);
        await journal.AppendAsync(new Noted("goes on"), durable: true, Home.Token);
        Assert.Equal("goes on", Assert.IsType<Noted>(Assert.Single(await home.LinesAsync(Home.Run().Id)).Event).Text);
    }
}
