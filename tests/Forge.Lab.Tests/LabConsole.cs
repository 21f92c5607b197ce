using System.Diagnostics;
using Forge.Core.Errors;
using Forge.Lab.Machines;

namespace Forge.Lab.Tests;

/// <summary>A small console to try labs by hand, for developers.</summary>
internal static class LabConsole
{
    private const string Usage = """
        usage: lab new NAME [nspawn|qemu] | start NAME | stop NAME | remove NAME | get NAME | list
               lab checkpoint NAME POINT | restore NAME POINT | drop NAME POINT | checkpoints NAME | run NAME SCRIPT | image
        FORGE_HOME and FORGE_CACHE say where.
        """;

    public static async Task<int> RunAsync(string[] words)
    {
        var service = new LabService(LabOptions.FromEnvironment());
        var watch = Stopwatch.StartNew();
        try
        {
            var known = await DoAsync(service, words);
            Console.WriteLine(known ? $"({watch.Elapsed.TotalSeconds:0.00} s)" : Usage);
            return known ? 0 : 2;
        }
        catch (ForgeException exception)
        {
            Console.Error.WriteLine($"{exception.Id}: {exception.Message} {exception.NextStep}");
            return 1;
        }
    }

    private static async Task<bool> DoAsync(LabService service, string[] words)
    {
        switch (words)
        {
            case ["new", var name, .. var rest]:
                Show(await service.NewAsync(new NewLabRequest(name) { Backend = rest is [var kind] ? Enum.Parse<LabBackendKind>(kind, ignoreCase: true) : null }, new ConsoleProgress()));
                break;
            case ["start", var name]:
                Show(await service.StartAsync(name));
                break;
            case ["stop", var name]:
                Show(await service.StopAsync(name));
                break;
            case ["remove", var name]:
                await service.RemoveAsync(name);
                break;
            case ["get", var name]:
                Show(service.Get(name));
                break;
            case ["list"]:
                service.List().ToList().ForEach(Show);
                break;
            case ["checkpoint", var name, var point]:
                Console.WriteLine(await service.CheckpointAsync(name, point));
                break;
            case ["restore", var name, var point]:
                Show(await service.RestoreAsync(name, point));
                break;
            case ["drop", var name, var point]:
                await service.DropCheckpointAsync(name, point);
                break;
            case ["checkpoints", var name]:
                (await service.ListCheckpointsAsync(name)).ToList().ForEach(Console.WriteLine);
                break;
            case ["run", var name, var script]:
                Console.WriteLine(await service.RunInsideAsync(name, script, TimeSpan.FromMinutes(10)));
                break;
            case ["image"]:
                Console.WriteLine(await service.EnsureImageAsync("debian12", new ConsoleProgress()));
                break;
            default:
                return false;
        }

        return true;
    }

    private static void Show(LabMachine lab)
    {
        Console.WriteLine($"{lab.Name}  {lab.Distribution}  {lab.Backend} ({lab.Accelerator})  {lab.State}  {lab.Address}  boot {lab.Boot?.TotalSeconds:0.00} s  [{lab.Reason}]");
        if (lab.Port is { } port)
        {
            Console.WriteLine($"  ssh -F none -i {lab.KeyFile} -o UserKnownHostsFile={lab.KnownHostsFile} -p {port} {lab.UserName}@127.0.0.1   # sudo password: {lab.PasswordFile}");
        }
    }

    private sealed class ConsoleProgress : IProgress<LabProgress>
    {
        public void Report(LabProgress value)
        {
            if (value.Took is { } took)
            {
                Console.WriteLine($"  {took.TotalSeconds,6:0.0} s  {value.Step}");
            }
        }
    }
}
