using Forge.Core.Errors;
using Forge.Core.Evaluation;
using Forge.Core.Prompts;
using Forge.Core.Targets;

namespace Forge.Core.Commands;

/// <summary>Runs the commands of an item through the verifier's connection; the first that does not end with exit code 0 is the verdict.</summary>
internal sealed class CommandRunner
{
    private const int MostQuoted = 600;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>The verdict.</summary>
    /// <exception cref="ForgeException">Id <c>TargetUnreachable</c>: the connection broke, which says nothing about the wanted.</exception>
    public async Task<Verdict> JudgeAsync(CommandGoal wanted, string item, ITarget verifier, CancellationToken cancellationToken)
    {
        foreach (var command in wanted.Commands[item])
        {
            var result = await verifier.RunAsync(new CommandRequest { Script = command, Elevation = wanted.Elevation, Timeout = Limit, MaxOutputBytes = 1 << 16 }, cancellationToken);
            if (result.ConnectionLost)
            {
                throw new ForgeException("TargetUnreachable", ForgeErrorKind.Unreachable, $"{verifier.Description.Name}: the connection broke while '{command}' ran.", null, verifier.Description.Name);
            }

            if (!result.Succeeded)
            {
                var how = result.TimedOut ? $"did not end within {Limit.TotalSeconds:0} s" : result.Signal is { } signal ? $"was ended by signal {signal}" : $"ended with exit code {result.ExitCode}";
                return new Verdict(item, VerdictKind.Fail, $"'{command}' {how}{Said(result)}");
            }
        }

        return new Verdict(item, VerdictKind.Pass);
    }

    private static string Said(CommandResult result)
    {
        var text = UntrustedText.Clean(result.Error.Trim().Length > 0 ? result.Error : result.Output);
        return text.Length == 0 ? "" : $": {(text.Length > MostQuoted ? "…" + text[^MostQuoted..] : text)}";
    }
}
