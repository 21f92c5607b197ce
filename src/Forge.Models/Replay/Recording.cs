using System.Text.Json;
using Forge.Core.Errors;

namespace Forge.Models.Replay;

/// <summary>
/// A recording: JSON lines. The first is the label, <c>{"recording":"what it is","source":"run id, or by hand"}</c>; each other one an answer,
/// <c>{"role":"worker","item":"id or *","turn":1,"answer":{…} or "text"}</c> or a fault, <c>{"role":"worker","item":"*","fault":"down" or "silent"}</c>.
/// </summary>
public sealed class Recording
{
    private readonly List<RecordedAnswer> _answers = [];

    private Recording(string label) => Label = label;

    /// <summary>What it is, as its first line says.</summary>
    public string Label { get; }

    /// <summary>How many answers it holds.</summary>
    public int Count => _answers.Count;

    internal IReadOnlyList<RecordedAnswer> Answers => _answers;

    /// <summary>Reads a recording.</summary>
    /// <exception cref="ForgeException">Ids <c>RecordingNotFound</c>, <c>RecordingInvalid</c> with file and line.</exception>
    public static Recording Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new ForgeException("RecordingNotFound", ForgeErrorKind.NotFound, $"There is no recording {path}.", "Export-ForgeRecording writes one from a run.", path);
        }

        Recording? recording = null;
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Trim().Length == 0)
            {
                continue;
            }

            try
            {
                var json = JsonSerializer.Deserialize<JsonElement>(line);
                if (recording is null)
                {
                    recording = new Recording(json.TryGetProperty("recording", out var label) && label.ValueKind == JsonValueKind.String ? label.GetString()! : throw new JsonException("the first line must be the label, {\"recording\":\"…\"}"));
                    continue;
                }

                recording._answers.Add(Answer(json));
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw new ForgeException("RecordingInvalid", ForgeErrorKind.BadInput, $"{path}:{number}: {e.Message}", "Each line is one JSON object with role, item and answer.", path, e);
            }
        }

        return recording ?? throw new ForgeException("RecordingInvalid", ForgeErrorKind.BadInput, $"{path} is empty.", "Its first line is the label, {\"recording\":\"…\"}.", path);
    }

    private static RecordedAnswer Answer(JsonElement json)
    {
        string Text(string key) => json.TryGetProperty(key, out var value) ? value.GetString() ?? "" : "";
        var fault = Text("fault");
        if (Text("role").Length == 0 || Text("item").Length == 0 || fault is not ("" or "down" or "silent") || (fault.Length == 0 && !json.TryGetProperty("answer", out _)))
        {
            throw new JsonException("an answer needs role, item and answer, or a fault (down, silent)");
        }

        var text = json.TryGetProperty("answer", out var answer) ? answer.ValueKind == JsonValueKind.String ? answer.GetString()! : answer.GetRawText() : "";
        return new RecordedAnswer(Text("role"), Text("item"), json.TryGetProperty("turn", out var turn) ? turn.GetInt32() : null, text, fault);
    }
}
