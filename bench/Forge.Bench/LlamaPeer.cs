using System.Globalization;
using System.Text.Json;
using Forge.Llama;
using Forge.Llama.Runtime;
using Forge.Testing.Gguf;

namespace Forge.Bench;

/// <summary>llama.cpp's own bench program, compiled from the sources of the pinned release against the very libraries that Forge uses; kept in the cache.</summary>
internal sealed class LlamaPeer
{
    private readonly string _program;

    private readonly string _libraries;

    private LlamaPeer(string program, string libraries) => (_program, _libraries) = (program, libraries);

    public static async Task<LlamaPeer> BuildAsync(ModelRuntimeInstaller installer)
    {
        var libraries = await installer.InstallAsync(ModelBackend.Cpu);
        var source = LlamaSource.CheckOut(await installer.FetchSourceAsync());
        var program = Path.Combine(source, "forge-llama-bench");
        if (!File.Exists(program))
        {
            Console.WriteLine("model: compiling llama.cpp's bench program from the sources of the pinned release");
            var bench = Path.Combine(source, "tools", "llama-bench");
            var version = RuntimeManifest.Pinned.Llama.Split('-')[0];
            LlamaSource.Must(
                "g++", "-O2", "-DNDEBUG", "-std=c++17", "-I", $"{source}/include", "-I", $"{source}/ggml/include", "-I", $"{source}/common", "-I", $"{source}/vendor", $"{bench}/main.cpp", $"{bench}/llama-bench.cpp",
                "-o", program + ".new", "-L", libraries, "-l:libllama-common.so", $"-l:libllama.v{version}.so", $"-l:libggml.v{version}.so", "-l:libggml-base.so",
                $"-Wl,-rpath,{libraries}", $"-Wl,-rpath-link,{libraries}");
            File.Move(program + ".new", program, overwrite: true);
        }

        return new LlamaPeer(program, libraries);
    }

    /// <summary>One run: tokens a second for a prompt and for a generation.</summary>
    public ModelSpeed Run(string file, int prompt, int generated, int threads)
    {
        string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
        // It looks for the processor's back ends in the folder that it is run in.
        var output = LlamaSource.MustIn(_libraries, _program, "-m", file, "-p", Text(prompt), "-n", Text(generated), "-t", Text(threads), "-r", "1", "-ngl", "0", "-o", "json");
        using var json = JsonDocument.Parse(output);
        double Speed(string kind) => json.RootElement.EnumerateArray().Single(r => r.GetProperty(kind).GetInt32() > 0).GetProperty("avg_ts").GetDouble();
        return new ModelSpeed(Speed("n_prompt"), Speed("n_gen"));
    }
}
