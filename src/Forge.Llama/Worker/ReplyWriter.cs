using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Forge.Core.Errors;
using Forge.Llama.Protocol;

namespace Forge.Llama.Worker;

/// <summary>Writes replies; used by the engine's thread alone. Lines are gathered and leave with one system call a step.</summary>
internal sealed class ReplyWriter(Stream output) : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonEncodedText EventName = JsonEncodedText.Encode("event");
    private static readonly JsonEncodedText IdName = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText TextName = JsonEncodedText.Encode("text");
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _json = new(Stream.Null, Options);

    /// <summary>A piece of generated text; the one reply that is written thousands of times.</summary>
    public void Text(long id, string text)
    {
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteString(EventName, TextName);
        _json.WriteNumber(IdName, id);
        _json.WriteString(TextName, text);
        _json.WriteEndObject();
        EndLine();
    }

    public void Error(long id, ForgeException e) => Write(new ModelReply { Event = ModelReply.ErrorEvent, Id = id, Error = ErrorReply.Of(e) });

    public void Write(ModelReply reply)
    {
        _json.Reset(_buffer);
        JsonSerializer.Serialize(_json, reply, ProtocolJson.Default.ModelReply);
        EndLine();
    }

    /// <summary>Sends what was written. A parent that is gone ends this process.</summary>
    public void Flush()
    {
        if (_buffer.WrittenCount == 0)
        {
            return;
        }

        try
        {
            output.Write(_buffer.WrittenSpan);
        }
        catch (IOException)
        {
            WorkerStreams.Exit(0);
        }

        _buffer.ResetWrittenCount();
    }

    public void Dispose() => _json.Dispose();

    private void EndLine()
    {
        _json.Flush();
        _buffer.GetSpan(1)[0] = (byte)'\n';
        _buffer.Advance(1);
    }
}
