using System.Text.Json;
using Forge.Core.Journal;

namespace Forge.Host.Tests.Runs;

public sealed class RunStatisticsTests : IDisposable
{
    private readonly RunHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_last_two_runs_are_compared_with_the_older_one_as_the_reference()
    {
        var older = await _home.AddAsync(9, new string('R', 20) + "EED");
        var newer = await _home.AddAsync(10, new string('R', 21) + "ED");

        var comparison = _home.Json("\"$FORGE\" Get-ForgeRun -Last 2 </dev/null | \"$FORGE\" Compare-ForgeRun");

        Assert.Equal(older, comparison.GetProperty("Reference").GetProperty("Runs")[0].GetString());
        Assert.Equal(newer, comparison.GetProperty("Difference").GetProperty("Runs")[0].GetString());
        Assert.Equal("NoDifferenceShown", comparison.GetProperty("Verdict").GetString());
        Assert.StartsWith("No difference that the data can show: of 23 items in both", comparison.GetProperty("Sentence").GetString(), StringComparison.Ordinal);
        Assert.Equal((23, 22), (Of(comparison, "Reference", "Items"), Of(comparison, "Reference", "Attempted")));
        Assert.Equal("rule_020", comparison.GetProperty("Disagreements")[0].GetProperty("Id").GetString());
    }

    [Fact]
    public async Task Two_ids_are_reference_and_difference_in_this_order_and_a_list_of_two_is_in_the_order_of_time()
    {
        var worse = await _home.AddAsync(9, "EEEEEEEEEERRRR");
        var better = await _home.AddAsync(10, "RRRRRRRRRRRRRR");

        Assert.Equal("Better", Verdict($"Compare-ForgeRun {worse} {better}"));
        Assert.Equal("Worse", Verdict($"Compare-ForgeRun {better} {worse}"));
        Assert.Equal("Better", Verdict($"Compare-ForgeRun {better},{worse}"));
        Assert.Equal("Worse", Verdict($"Compare-ForgeRun -ReferenceRun {better} -DifferenceRun {worse}"));
    }

    [Fact]
    public async Task Two_sets_are_compared_by_most_of_their_results()
    {
        string[] reference = [await _home.AddAsync(1, "EEEEEEEEE"), await _home.AddAsync(2, "EEEEEEEER"), await _home.AddAsync(3, "RRRRRRRRR")];
        string[] difference = [await _home.AddAsync(4, "RRRRRRRRR"), await _home.AddAsync(5, "RRRRRRRRE"), await _home.AddAsync(6, "EEEEEEEEE")];

        var comparison = _home.Json($"\"$FORGE\" Compare-ForgeRun -Reference {string.Join(',', reference)} -Difference {string.Join(',', difference)}");

        Assert.Equal((9, 8, 1), (comparison.GetProperty("Pairs").GetInt32(), comparison.GetProperty("OnlyDifference").GetInt32(), comparison.GetProperty("OnlyReference").GetInt32()));
    }

    [Fact]
    public async Task Bad_input_has_its_id_and_exit_code()
    {
        var (one, running) = (await _home.AddAsync(9, "RR"), await _home.AddAsync(10, "RR", RunStatus.Running));

        Fails(2, "TwoRunsNeeded", $"Compare-ForgeRun {one}");
        Fails(2, "TwoRunsNeeded", "Get-ForgeRun nothing* </dev/null | \"$FORGE\" Compare-ForgeRun");
        Fails(2, "RunGivenTwice", $"Compare-ForgeRun {one} {one}");
        Fails(2, "RunNotEnded", $"Compare-ForgeRun {one} {running}");
        Fails(1, "RunNotFound", $"Compare-ForgeRun {one} 20200101-0000-none-stig-0000");
        Fails(2, "NothingToCompare", $"Compare-ForgeRun {one} {await _home.AddAsync(11, "")}");
        Fails(2, "RunNotEnded", $"Measure-ForgeRun {running}");
        Fails(2, "CostNegative", $"Measure-ForgeRun {one} -CostPerHour:-1");
    }

    [Fact]
    public async Task A_run_is_measured_with_intervals_arms_attempts_and_time()
    {
        var measured = _home.Json($"\"$FORGE\" Measure-ForgeRun {await _home.AddAsync(9, "RRRRRRRREED")}");

        Assert.Equal((11, 10, 8), (measured.GetProperty("Findings").GetInt32(), measured.GetProperty("Attempted").GetInt32(), measured.GetProperty("Remediated").GetInt32()));
        var interval = measured.GetProperty("RateOfAttemptedInterval");
        Assert.Equal((0.490, 0.943), (Math.Round(interval.GetProperty("Low").GetDouble(), 3), Math.Round(interval.GetProperty("High").GetDouble(), 3)));
        Assert.Equal("""[{"Arm":"content","Items":10,"Remediated":8,"Attempts":12,"Elapsed":"00:00:20"}]""", measured.GetProperty("ByArm").GetRawText());
        Assert.Equal(
            """[{"Attempts":0,"Items":1,"Remediated":0},{"Attempts":1,"Items":8,"Remediated":8},{"Attempts":2,"Items":2,"Remediated":0}]""",
            measured.GetProperty("ByAttempts").GetRawText());
        Assert.Equal("00:10:00", measured.GetProperty("Split").GetProperty("Scanner").GetString());
    }

    [Fact]
    public async Task A_price_is_given_only_where_the_user_gave_one()
    {
        var run = await _home.AddAsync(9, "RR");
        var (free, priced) = (_home.Json($"\"$FORGE\" Measure-ForgeRun {run}").GetProperty("Cost"), _home.Json($"\"$FORGE\" Measure-ForgeRun {run} -CostPerHour 1.5").GetProperty("Cost"));

        Assert.Equal(("00:30:00", "00:26:00"), (free.GetProperty("Wall").GetString(), free.GetProperty("OnTarget").GetString()));
        Assert.Equal(JsonValueKind.Null, free.GetProperty("Amount").ValueKind);
        Assert.Equal(0.75m, priced.GetProperty("Amount").GetDecimal());
    }

    private static int Of(JsonElement comparison, string side, string figure) => comparison.GetProperty(side).GetProperty(figure).GetInt32();

    private string? Verdict(string command) => _home.Json($"\"$FORGE\" {command}").GetProperty("Verdict").GetString();

    private void Fails(int code, string id, string command)
    {
        var (actual, text, error) = _home.Shell($"\"$FORGE\" {command}");
        Assert.Contains($"[{id}]", error, StringComparison.Ordinal);
        Assert.Equal((code, ""), (actual, text));
    }
}
