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
    public void Any_event_comes_back_as_it_was_written()
    {
        using var home = new Home();
        var run = 0;
        var property = Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var any = new AnyValue(seed);
            var id = $"20261121-0912-any-{run++}";
            var written = EventTypes.Select(t => (ForgeEvent)any.Of(t)!).ToList();
            WriteAsync(home, id, written).GetAwaiter().GetResult();
            var lines = home.LinesAsync(id).GetAwaiter().GetResult();
            Assert.Equal(EventTypes.Length, lines.Count);
            Assert.All(written.Zip(lines), p => Assert.Null(Deep.Difference(p.First, p.Second.Event, p.First.GetType().Name)));
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), property);
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

    private static async Task WriteAsync(Home home, string id, List<ForgeEvent> events)
    {
        await using var journal = await home.Store.CreateAsync(Home.Run(id), default);
        foreach (var made in events)
        {
            await journal.AppendAsync(made, durable: false, default);
        }
    }
}
