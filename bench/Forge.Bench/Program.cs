using System.Globalization;
using Forge.Bench.Extraction;
using Forge.Llama;
using Forge.Llama.Worker;

namespace Forge.Bench;

/// <summary>Forge.Bench verify LAB OUT CONTENT:PROFILE... | ssh LAB OUT | undo LAB OUT CONTENT PROFILE | model OUT ROUNDS | hardener FOLDER RUNTIMES OUT ROUNDS FORGE [PWSH ASSEMBLY] | extractor SKILL RULES OUT [--final] [--misses N]</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["verify", var lab, var file, .. var profiles] when profiles.Length > 0:
                await using (var machine = await BenchMachine.ConnectAsync(lab))
                {
                    return await new VerifyBench(machine).RunAsync([.. profiles.Select(ProfileToVerify.Parse)], file);
                }

            case ["ssh", var lab, var file]:
                await using (var machine = await BenchMachine.ConnectAsync(lab))
                {
                    return await new SshBench(machine).RunAsync(file);
                }

            case ["undo", var lab, var file, var content, var profile]:
                await using (var machine = await BenchMachine.ConnectAsync(lab))
                {
                    return await new UndoBench(machine, lab).RunAsync(content, profile, file);
                }

            case [ModelProcessLauncher.WorkerArgument]:
                return ModelWorker.Run();

            case ["model", var file, var rounds]:
                return await new ModelBench().RunAsync(file, int.Parse(rounds, CultureInfo.InvariantCulture));

            case ["hardener", var folder, var runtimes, var file, var rounds, var forge, .. var shell]:
                return await new HardenerBench(folder, runtimes).RunAsync(
                    file, int.Parse(rounds, CultureInfo.InvariantCulture),
                    [("forge", ModelProcessLauncher.ForProgram(forge)), .. shell is [var powerShell, var assembly] ? [("PowerShell", ModelProcessLauncher.ForPowerShell(powerShell, assembly))] : Array.Empty<(string, ModelProcessLauncher)>()]);

            case ["extractor", var skill, var rules, var file, .. var options]:
                return new ExtractorBench(skill, rules).Run(file, options.Contains("--final"), options is [.., "--misses", var misses] ? int.Parse(misses, CultureInfo.InvariantCulture) : 0);

            default:
                Console.Error.WriteLine("Forge.Bench verify LAB FILE CONTENT:PROFILE[:everywhere]... | Forge.Bench ssh LAB FILE | Forge.Bench undo LAB FILE CONTENT PROFILE | Forge.Bench model FILE ROUNDS | "
                    + "Forge.Bench hardener FOLDER RUNTIMES FILE ROUNDS FORGE [PWSH ASSEMBLY] | "
                    + "Forge.Bench extractor SKILL RULES FILE [--final] [--misses N]");
                return 2;
        }
    }
}
