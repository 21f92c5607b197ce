using Forge.Build.Benches;
using Forge.Build.TestRuns;

namespace Forge.Build;

/// <summary>The targets of build.cs.</summary>
public sealed class BuildProgram
{
    private readonly Steps _steps = new();
    private readonly BuildOptions _options;
    private readonly string _target;
    private string? _closingLine;

    private BuildProgram(string target, BuildOptions options) => (_target, _options) = (target, options);

    /// <summary>Does what the command line asks for.</summary>
    /// <param name="root">The root of the repository; becomes the working directory.</param>
    /// <param name="arguments">The target and its options.</param>
    /// <returns>The exit code: 0 done, 1 a step failed, 2 no such target.</returns>
    public static int Run(string root, IReadOnlyList<string> arguments)
    {
        Directory.SetCurrentDirectory(root);
        return new BuildProgram(arguments.Count == 0 ? "help" : arguments[0], new BuildOptions([.. arguments.Skip(1)])).Run();
    }

    private int Run()
    {
        try
        {
            var code = RunTarget();
            if (_steps.Summary is { Length: > 0 } summary)
            {
                Console.WriteLine("\n" + summary);
            }

            if (_closingLine is not null)
            {
                Console.WriteLine(_closingLine);
            }

            return code;
        }
        catch (BuildException e)
        {
            Console.Error.WriteLine($"\nbuild: {e.Message}");
            return 1;
        }
    }

    private int RunTarget()
    {
        switch (_target)
        {
            case "setup":
                _steps.Time("setup", Setup.Run);
                return 0;
            case "build":
                _steps.Time("build", Solution.Build);
                return 0;
            case "clean":
                Solution.Clean();
                return 0;
            case "demo":
                Prepare();
                return new Demo(_options, _steps).Run();
            case "test":
                return Test();
            case "train":
                Prepare();
                return new Hardener(_options, _steps).Train();
            case "bench" when _options.Words is [var name, ..] && BenchList.Find(name) is { } bench:
                Prepare();
                return _steps.Time("bench", () => bench.Run(_options));
            default:
                return Help();
        }
    }

    private void Prepare()
    {
        _steps.Time("setup", Setup.Run);
        _steps.Time("build", Solution.Build);
    }

    private int Test()
    {
        Prepare();
        var (code, count) = new TestRun(_options, _steps).Run();
        _closingLine = count.ToString();
        return code;
    }

    private int Help()
    {
        Console.WriteLine("""
            dotnet run build.cs -- <target>
              setup                 install what the lab and the tests need (Debian packages; needs root)
              build                 build everything: out/bin/forge (console host) and out/module/Forge (PowerShell module)
              demo [--lab nspawn|qemu] [--distribution debian12|debian13] [--profile NAME] [--keep]
                                    set up, build and run the main job on a lab machine; figures in out/demo/result.json
              train [--short] [--steps N] [--threads N] [--into DIR] [--from DIR --parent NAME] [--final]
                                    train the small model (hours on a processor; goes on where it was ended); --short: a few minutes, the recipe's own test
              test [--fast] [--filter CLASS]
                                    set up, build and run all tests; --fast leaves out the acceptance tests on labs
            """);
        foreach (var bench in BenchList.All)
        {
            Console.WriteLine($"  bench {bench.Name} {bench.Usage}".TrimEnd() + $"\n                        {bench.Summary}");
        }

        Console.WriteLine("  clean                 delete out/");
        return _target == "help" ? 0 : 2;
    }
}
