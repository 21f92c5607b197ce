using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using Forge.Models.OpenAI;
using Forge.Testing.Gguf;

namespace Forge.Models.Tests;

/// <summary>
/// Debian sid's llama-server on loopback, run by its own loader with its own libraries. Its model is a table of which letter follows which: under a schema it
/// writes short texts and ends them, without one it writes xyzxyz until it is stopped.
/// </summary>
public sealed class LlamaServer : IAsyncLifetime
{
    public const int Context = 32768;
    public const string Key = "key-of-the-test";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("forge-llama-server-").FullName;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly HttpClient _http = new() { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Key) } };
    private Process? _process;

    private static string Root => Path.Combine(
        Environment.GetEnvironmentVariable("FORGE_CACHE") is { Length: > 0 } cache ? cache : Path.Combine(Path.GetTempPath(), "forge-test-cache"), "llama-server");

    /// <summary>Why there is none; null where it can be run.</summary>
    public static string? WhyNot => !OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64 ? "llama-server is fetched for Linux on x86-64 only"
        : !File.Exists(Path.Combine(Root, "usr/bin/llama-server")) ? $"llama-server is not in {Root}: sh lab/unpack-sid.sh {Root} llama.cpp-tools fetches it (build.cs test does so)"
        : null;

    public Uri Endpoint { get; private set; } = new("http://127.0.0.1/v1");

    public OpenAIChatClient Client(string key = Key) => new(Endpoint, "any", key);

    public async ValueTask InitializeAsync()
    {
        if (WhyNot is not null)
        {
            return;
        }

        var model = Path.Combine(_folder, "leaning.gguf");
        new TinyGguf { Width = 320, Layers = 1, Context = Context, LeansTo = [("\nxyzx", 1), ("{\"", 1), (",\"", 1), (":\"", 1), ("\"a\"", 1), ("A\"", 1), ("/a", 1), ("eq", 1), ("},{", 1)] }.Write(model);
        var (libraries, port) = (Path.Combine(Root, "usr/lib/x86_64-linux-gnu"), FreePort());
        Endpoint = new Uri($"http://127.0.0.1:{port}/v1");
        string[] arguments =
        [
            "--library-path", $"{libraries}:{libraries}/llama", Path.Combine(Root, "usr/bin/llama-server"),
            "--host", "127.0.0.1", "--port", $"{port}", "-m", model, "-c", $"{Context}", "--parallel", "1", "--threads", "1", "--api-key", Key, "--no-warmup", "--slots",
        ];
        // The back ends of the processor are looked for in the working directory too: it is how they are found under another root.
        _process = Process.Start(new ProcessStartInfo(Path.Combine(libraries, "ld-linux-x86-64.so.2"), arguments)
        {
            WorkingDirectory = Path.Combine(libraries, "ggml/backends0"), RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        _process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilAsync(IsReadyAsync, "it is not ready");
    }

    /// <summary>Whether it works on a request.</summary>
    public async Task<bool> IsBusyAsync() =>
        (await _http.GetFromJsonAsync<JsonElement>(new Uri(Endpoint, "/slots"))).EnumerateArray().Any(s => s.GetProperty("is_processing").GetBoolean());

    /// <summary>Waits for what has to come.</summary>
    public async Task UntilAsync(Func<Task<bool>> hasCome, string orElse)
    {
        for (var clock = Stopwatch.StartNew(); !await hasCome(); await Task.Delay(50))
        {
            Assert.True(clock.Elapsed < Patience && _process is { HasExited: false }, $"llama-server: {orElse}\n{string.Join('\n', _log.TakeLast(40))}");
        }
    }

    /// <summary>Ends it as a crash would.</summary>
    public void Kill() => _process!.Kill();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(Endpoint, "/health"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // It does not listen yet.
        }
    }
}
