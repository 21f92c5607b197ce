using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Forge.Core.Errors;

namespace Forge.Lab.Processes;

/// <summary>Runs external programs: argument lists, a time limit, both outputs read to their end.</summary>
internal static class Tool
{
    /// <summary>Runs a program and returns how it ended, whatever the exit code.</summary>
    /// <exception cref="ForgeException">Ids <c>LabToolMissing</c>, <c>LabToolTimeout</c>.</exception>
    public static async Task<ToolResult> RunAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        using var process = Start(request);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(request.TimeLimit);
        var output = new StringBuilder();
        var error = new StringBuilder();
        var reading = Task.WhenAll(
            ReadAsync(process.StandardOutput, output, request.OnOutputLine, limit.Token),
            ReadAsync(process.StandardError, error, request.OnErrorLine, limit.Token));
        try
        {
            await WriteInputAsync(process, request.Input, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            await reading;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            if (cancellationToken.IsCancellationRequested)
            {
                throw;
            }

            throw new ForgeException(
                "LabToolTimeout",
                ForgeErrorKind.Timeout,
                $"'{request}' did not end within {request.TimeLimit.TotalSeconds:0} s and was killed; it had said: {new ToolResult(0, output.ToString(), error.ToString()).Complaint}",
                "Try again when the machine is less busy.",
                request.FileName);
        }

        return new ToolResult(process.ExitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs a program that has to succeed.</summary>
    /// <param name="request">The call.</param>
    /// <param name="errorId">Id of the error if it fails.</param>
    /// <param name="purpose">What it was for, as in "Purpose failed".</param>
    /// <param name="nextStep">What the user can do about it.</param>
    /// <param name="cancellationToken">Cancels; the program is killed.</param>
    /// <exception cref="ForgeException">The given id, with the program's own complaint.</exception>
    public static async Task<ToolResult> RunCheckedAsync(ToolRequest request, string errorId, string purpose, string? nextStep, CancellationToken cancellationToken)
    {
        var result = await RunAsync(request, cancellationToken);
        return result.ExitCode == 0
            ? result
            : throw new ForgeException(
                errorId,
                ForgeErrorKind.Unreachable,
                $"{purpose} failed: {request.FileName} ended with {result.ExitCode}: {result.Complaint}",
                nextStep,
                request.FileName);
    }

    /// <summary>Where a program is; null where it is not installed. The system folders are searched too: a user's PATH often lacks them.</summary>
    public static string? Find(string fileName)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(["/usr/sbin", "/sbin", "/usr/bin", "/bin"])
            .Select(folder => Path.Combine(folder, fileName))
            .FirstOrDefault(File.Exists);
    }

    private static Process Start(ToolRequest request)
    {
        var start = new ProcessStartInfo(Find(request.FileName) ?? request.FileName, request.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = request.WorkingFolder ?? "",
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new ForgeException(
                "LabToolMissing",
                ForgeErrorKind.Missing,
                $"The program '{request.FileName}' cannot be started: {exception.Message}",
                "Install it; docs/operations.md lists the packages that a lab needs.",
                request.FileName,
                exception);
        }
    }

    private static async Task WriteInputAsync(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended before it read all: its exit code says whether that was right.
        }
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder into, Action<string>? onLine, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            into.Append(line).Append('\n');
            onLine?.Invoke(line);
        }
    }
}
