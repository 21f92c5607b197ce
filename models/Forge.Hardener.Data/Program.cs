using Forge.Core.Errors;
using Forge.Scap.Export;

namespace Forge.Hardener.Data;

/// <summary>Forge.Hardener.Data export --content DIR --out FILE | check --train FILE --held FILE</summary>
internal static class Program
{
    private const string Usage = "Forge.Hardener.Data export --content DIR --out FILE | Forge.Hardener.Data check --train FILE --held FILE";

    private static int Main(string[] args)
    {
        try
        {
            return args switch
            {
                ["export", "--content", var folder, "--out", var file] => Export(folder, file),
                ["check", "--train", var train, "--held", var held] => LeakageCheck.Run(train, held, Console.Out),
                _ => Wrong(),
            };
        }
        catch (ForgeException e)
        {
            Console.Error.WriteLine($"{e.Message} {e.NextStep}");
            return 1;
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
