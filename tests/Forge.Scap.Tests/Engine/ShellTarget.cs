using System.Diagnostics;
using Forge.Core.Targets;

namespace Forge.Scap.Tests.Engine;

/// <summary>This machine as a target: every script is run by the real shell. Files go where they are sent to.</summary>
internal sealed class ShellTarget : ITarget
{
    public TargetDescription Description { get; } = new() { Name = "here", Transport = TargetTransport.Local };

    public ConnectionRole Role => ConnectionRole.Verifier;

    public List<CommandRequest> Requests { get; } = [];

    public int Uploads { get; private set; }

    /// <summary>A folder that the target sees elsewhere than this machine does.</summary>
    public (string Here, string There)? Moved { get; init; }

    /// <summary>What the shell is started by; nothing for itself.</summary>
    public IReadOnlyList<string> Around { get; init; } = [];

    public async Task<CommandResult> RunAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        lock (Requests)
        {
            Requests.Add(request);
        }

        string[] command = [.. Around, request.Interpreter, "-c", Script(request)];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in request.Environment)
        {
            start.Environment[name] = value;
        }

        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        if (request.StandardInput is { } input)
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        return new CommandResult { ExitCode = process.ExitCode, Output = await output, Error = await error, Elapsed = watch.Elapsed };
    }

    private string Script(CommandRequest request) =>
        Moved is { } moved ? request.Script.Replace(moved.Here, moved.There, StringComparison.Ordinal) : request.Script;

    public async Task UploadAsync(FileUpload upload, CancellationToken cancellationToken)
    {
        Uploads++;
        await using var file = File.Create(upload.Path);
        await upload.Content.CopyToAsync(file, cancellationToken);
    }

    public Task<long> DownloadAsync(FileDownload download, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
