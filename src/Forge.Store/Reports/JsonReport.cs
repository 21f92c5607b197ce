using System.Text.Encodings.Web;
using System.Text.Json;
using Forge.Core.Journal;
using Forge.Core.Loop;

namespace Forge.Store.Reports;

/// <summary>
/// The figures as JSON: <c>before</c>, <c>after</c>, <c>items</c>, <c>regressions</c>, <c>falseSuccesses</c>, <c>wallSeconds</c> and <c>split</c> have the
/// names and units of <c>out/demo/result.json</c>; over several targets they are added up, and <c>targets</c> has them one by one.
/// </summary>
internal static class JsonReport
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(RunStory story, HostText text)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            Write(json, story, text);
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, RunStory story, HostText text)
    {
        var (run, figures) = (story.Run, RunFigures.Of(story.Summary));
        json.WriteStartObject();
        json.WriteString("run", run.Id);
        json.WriteString("skill", run.Skill);
        json.WriteString("status", run.Status.ToString());
        json.WriteString("reason", text.Line(run.Reason));
        json.WriteBoolean("final", story.IsFinal);
        json.WriteString("sentence", SummarySentence.Of(run, story.Summary));
        json.WriteString("forgeVersion", run.ForgeVersion);
        json.WriteString("startedAt", run.StartedAt);
        WriteOptional(json, "endedAt", run.EndedAt);
        json.WritePropertyName("parameters");
        WriteWords(json, run.Parameters, text);
        WriteFigures(json, figures);
        json.WriteStartArray("items");
        foreach (var (target, item) in story.Summary.Targets.SelectMany(t => t.Items.Select(i => (t.Target, i))))
        {
            WriteItem(json, item, story.Targets.FirstOrDefault(t => t.Name == target)?.SuggestionFor(item), text);
        }

        json.WriteEndArray();
        WriteRegressions(json, story.Summary.Targets);
        json.WriteStartArray("targets");
        foreach (var target in story.Targets.Where(t => t.Summary is not null))
        {
            WriteTarget(json, target, text);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFigures(Utf8JsonWriter json, RunFigures figures)
    {
        json.WriteNumber("findings", figures.Findings);
        json.WriteNumber("attempted", figures.Attempted);
        json.WriteNumber("remediated", figures.Remediated);
        json.WriteNumber("needDecision", figures.NeedDecision);
        WriteRate(json, "rateOfAll", figures.RateOfAll);
        WriteRate(json, "rateOfAttempted", figures.RateOfAttempted);
        WriteCounts(json, "before", figures.Before);
        WriteCounts(json, "after", figures.After);
        json.WriteNumber("falseSuccesses", figures.FalseSuccesses);
        json.WriteNumber("reboots", figures.Reboots);
        json.WriteNumber("modelTokens", figures.ModelTokens);
        json.WriteNumber("wallSeconds", Seconds(figures.Elapsed));
        WriteSplit(json, figures.Split);
    }

    private static void WriteTarget(Utf8JsonWriter json, TargetStory target, HostText text)
    {
        var summary = target.Summary!;
        json.WriteStartObject();
        json.WriteString("target", target.Name);
        json.WriteString("platform", text.Line(summary.Platform));
        json.WriteString("os", text.Line(target.Facts?.OsName ?? ""));
        WriteCounts(json, "before", summary.Before);
        WriteCounts(json, "after", summary.After);
        WriteRate(json, "rateOfAll", summary.RateOfAll);
        WriteRate(json, "rateOfAttempted", summary.RateOfAttempted);
        json.WriteNumber("falseSuccesses", summary.FalseSuccesses);
        WriteSplit(json, summary.Split);
        json.WritePropertyName("provenance");
        WriteWords(json, summary.Provenance, text);
        json.WriteStartArray("reboots");
        foreach (var (intent, ended) in target.Reboots)
        {
            json.WriteStartObject();
            json.WriteString("reason", text.Line(intent.Reason));
            json.WriteString("bootIdBefore", text.Line(intent.BootId));
            json.WriteString("bootIdAfter", ended is null ? null : text.Line(ended.BootId));
            json.WriteString("kernelBefore", text.Line(intent.Kernel));
            json.WriteString("kernelAfter", ended is null ? null : text.Line(ended.Kernel));
            WriteRate(json, "seconds", ended?.Seconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("parked", target.Parked is null ? null : text.Line(target.Parked.Reason));
        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, ItemResult item, ActionSuggested? suggestion, HostText text)
    {
        json.WriteStartObject();
        json.WriteString("id", text.Line(item.Id));
        json.WriteString("outcome", OutcomeWord.Of(item.Outcome));
        json.WriteString("arm", item.Arm);
        json.WriteNumber("attempts", item.Attempts);
        json.WriteNumber("seconds", Seconds(item.Elapsed));
        json.WriteString("reason", text.Line(item.Reason));
        json.WriteString("target", item.Target);
        json.WriteString("title", text.Line(item.Title));
        json.WriteString("severity", item.Severity.ToString());
        json.WriteString("failureMode", OutcomeWord.Of(item.FailureMode));
        if (suggestion is not null)
        {
            json.WriteStartObject("suggestion");
            json.WriteString("summary", text.Line(suggestion.Summary));
            json.WriteString("arm", suggestion.Arm);
            json.WriteString("proposal", text.Line(suggestion.Proposal));
            json.WriteString("why", text.Line(suggestion.Why));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteRegressions(Utf8JsonWriter json, IEnumerable<TargetSummary> targets)
    {
        json.WriteStartArray("regressions");
        foreach (var (target, regression) in targets.SelectMany(t => t.Regressions.Select(r => (t.Target, r))))
        {
            json.WriteStartObject();
            json.WriteString("id", regression.Id);
            json.WriteString("causedBy", regression.CausedBy);
            json.WriteString("target", target);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, ScanCounts? counts)
    {
        if (counts is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("pass", counts.Pass);
        json.WriteNumber("fail", counts.Fail);
        json.WriteNumber("notApplicable", counts.NotApplicable);
        json.WriteNumber("notChecked", counts.NotChecked);
        json.WriteNumber("error", counts.Error);
        json.WriteEndObject();
    }

    private static void WriteSplit(Utf8JsonWriter json, TimeSplit split)
    {
        json.WriteStartObject("split");
        json.WriteNumber("scanner", Seconds(split.Scanner));
        json.WriteNumber("target", Seconds(split.Target));
        json.WriteNumber("reboot", Seconds(split.Reboot));
        json.WriteNumber("model", Seconds(split.Model));
        json.WriteNumber("harness", Seconds(split.Harness));
        json.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter json, IReadOnlyDictionary<string, string> words, HostText text)
    {
        json.WriteStartObject();
        foreach (var (key, value) in words.OrderBy(w => w.Key, StringComparer.Ordinal))
        {
            json.WriteString(text.Line(key), text.Line(value));
        }

        json.WriteEndObject();
    }

    private static void WriteRate(Utf8JsonWriter json, string name, double? rate)
    {
        if (rate is { } number)
        {
            json.WriteNumber(name, Math.Round(number, 4));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
