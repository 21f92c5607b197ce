using Forge.Core.Errors;
using Forge.Core.Extraction;
using Forge.Core.Proposals;
using Forge.Core.Skills;
using Forge.Scap.Export;

namespace Forge.Hardener.Data;

/// <summary>What the recipe of the small model needs from Forge; the verbs are in <see cref="Usage"/>.</summary>
internal static class Program
{
    private const string Usage = """
        Forge.Hardener.Data export --content DIR --out FILE
        Forge.Hardener.Data check --train FILE --held FILE
        Forge.Hardener.Data same --answers FILE --model GGUF --forge FILE --runtimes DIR
        Forge.Hardener.Data exam --rules FILE --trained DIR --skill DIR --forge FILE --runtimes DIR --into DIR [--parent DIR] [--final]
        """;

    private static async Task<int> Main(string[] args)
    {
        try
        {
            return args switch
            {
                ["export", "--content", var folder, "--out", var file] => Export(folder, file),
                ["check", "--train", var train, "--held", var held] => LeakageCheck.Run(train, held, Console.Out),
                ["same", "--answers", var answers, "--model", var model, "--forge", var forge, "--runtimes", var runtimes] => await SameAsync(answers, model, forge, runtimes),
                ["exam", "--rules", var rules, "--trained", var trained, "--skill", var skill, "--forge", var forge, "--runtimes", var runtimes, "--into", var into, .. var more]
                    when more is [] or ["--final"] or ["--parent", _] or ["--parent", _, "--final"] =>
                    await ExamAsync(rules, trained, skill, OpenModel.Of(Path.Combine(trained, "forge-hardener.gguf"), forge, runtimes), into, more is ["--parent", var parent, ..] ? parent : null, more is [.., "--final"]),
                _ => Wrong(),
            };
        }
        catch (ForgeException e)
        {
            Console.Error.WriteLine($"{e.Message} {e.NextStep}");
            return 1;
        }
    }

    private static async Task<int> SameAsync(string answers, string model, string forge, string runtimes)
    {
        await using var client = OpenModel.Of(model, forge, runtimes);
        return await SameAnswers.RunAsync(answers, client, Console.Out, CancellationToken.None);
    }

    private static async Task<int> ExamAsync(string rules, string trained, string skill, Llama.LlamaChatClient client, string into, string? parent, bool isFinal)
    {
        await using (client)
        {
            var extractor = Extractor.Load(SkillLoader.Load(skill, ["xccdf", "command"]))
                ?? throw new ForgeException("ExtractorMissing", ForgeErrorKind.NotFound, $"The skill {skill} has no extractor.", "Name its patterns with 'extract' in skill.yaml.", skill);
            var texts = Exam.Texts(rules, isFinal ? ["dev", "test", "final"] : ["dev", "test"]);
            var answers = await Exam.AskAsync(texts, extractor, new SmallModelProposer(client), CancellationToken.None);
            var threshold = Exam.Threshold([.. answers.Where(a => a.Rule.Set == "dev")]);
            ModelFolder.Write(into, trained, parent, answers, threshold, DateTimeOffset.UtcNow);
            var table = ExamTable.Of(answers, threshold, HardSet.Of(trained));
            File.WriteAllText(Path.Combine(trained, "exam.txt"), table);
            Console.Out.Write(table);
            Console.Out.WriteLine(FormattableString.Invariant($"\nalone from {threshold:0.0000}; median {answers.Select(a => a.Seconds).Order().ElementAt(answers.Count / 2) * 1000:0} ms an answer"));
            return 0;
        }
    }

    private static int Export(string folder, string file)
    {
        var rules = RuleExport.Read(folder, path => Console.Error.WriteLine(Path.GetFileName(path)));
        var partial = file + ".part";
        using (var stream = File.Create(partial))
        {
            RuleExport.Write(rules, stream);
        }

        // A reader sees the file of before or the whole new one.
        File.Move(partial, file, overwrite: true);
        Console.WriteLine(ExportFigures.Of(rules));
        return 0;
    }

    private static int Wrong()
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}
