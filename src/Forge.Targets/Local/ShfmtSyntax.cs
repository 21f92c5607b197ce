using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Forge.Core.Actions.Shell;

namespace Forge.Targets.Local;

/// <summary>The shell parser of mvdan.cc/sh, as the program <c>shfmt</c> on this machine (Debian package shfmt). It only parses; nothing is run.</summary>
/// <param name="program">Name or path of the program.</param>
public sealed class ShfmtSyntax(string program = "shfmt") : IShellSyntax
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // A tree nests three or four levels for each of the script's; what is deeper is refused below.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    /// <inheritdoc/>
    public async Task<ShellEffects?> ReadAsync(string script, CancellationToken cancellationToken)
    {
        using var process = Start();
        if (process is null)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await GiveAsync(process, script, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? Read(script, await output) : new ShellEffects { Parsed = false, Problem = (await error).Trim() };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Some thousand parentheses keep it busy for ever: what cannot be read in time cannot be read.
            return new ShellEffects { Parsed = false, Problem = $"{program} did not read it within {Limit.TotalSeconds} s" };
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private Process? Start()
    {
        // bash: it also reads what POSIX leaves open, and says so where it does not parse.
        var start = new ProcessStartInfo(program, ["--to-json", "--language-dialect", "bash"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception e) when (e.NativeErrorCode is 2 or 13)
        {
            return null; // not installed: the caller takes the highest class
        }
    }

    private static async Task GiveAsync(Process process, string script, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(script.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It stopped reading at a fault; its exit code says so.
        }
    }

    private static ShellEffects Read(string script, string json)
    {
        try
        {
            using var tree = JsonDocument.Parse(json, Options);
            return ShellEffectsReader.ReadTree(script, tree.RootElement);
        }
        catch (JsonException e)
        {
            return new ShellEffects { Parsed = false, Problem = $"the parser's tree cannot be read: {e.Message}" };
        }
    }
}
