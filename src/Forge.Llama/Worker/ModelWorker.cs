using System.Runtime.InteropServices;
using System.Text.Json;
using Forge.Llama.Protocol;

namespace Forge.Llama.Worker;

/// <summary>The child process that holds a model: reads calls from standard input, writes replies to standard output, ends with its parent.</summary>
public static class ModelWorker
{
    /// <summary>Runs until standard input ends or the parent is gone; called by <c>forge --model-worker</c>, or through PowerShell, see <see cref="ModelProcessLauncher"/>.</summary>
    /// <returns>The exit code: 0, or 3 where a line could not be understood.</returns>
    public static int Run()
    {
        // Ctrl+C on the terminal reaches the whole group; what becomes of a request is the parent's to decide.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var output = WorkerStreams.TakeOutput();
        ParentWatch.Start();
        using var replies = new ReplyWriter(output);
        var engine = new GenerationEngine(replies);
        var reader = new Thread(() => Read(engine)) { IsBackground = true, Name = "calls" };
        reader.Start();
        engine.Run();
        return 0;
    }

    private static void Read(GenerationEngine engine)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        while (NextLine(input) is { } line)
        {
            try
            {
                engine.Post(JsonSerializer.Deserialize(line, ProtocolJson.Default.ModelCall)!);
            }
            catch (JsonException e)
            {
                Console.Error.WriteLine($"model process: a line that is no call: {e.Message}");
                WorkerStreams.Exit(3);
            }
        }

        // The engine may be inside a long native call: no orderly end, the system takes all back.
        WorkerStreams.Exit(0);
    }

    private static string? NextLine(StreamReader input)
    {
        try
        {
            return input.ReadLine();
        }
        catch (IOException)
        {
            // A broken pipe says the same as its end: the parent is gone.
            return null;
        }
    }
}
