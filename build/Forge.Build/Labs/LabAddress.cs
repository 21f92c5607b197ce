using System.Text.Json.Nodes;

namespace Forge.Build.Labs;

/// <summary>How plain ssh reaches a lab machine; nothing of Forge takes part.</summary>
internal sealed record LabAddress(string Port, string User, string KeyFile, string KnownHostsFile, string Password)
{
    private string[] Options =>
        ["-F", "none", "-o", "BatchMode=yes", "-o", "ConnectTimeout=15", "-o", "IdentitiesOnly=yes", "-o", $"UserKnownHostsFile={KnownHostsFile}", "-o", "StrictHostKeyChecking=yes", "-i", KeyFile];

    /// <param name="json">What Get-ForgeLab wrote.</param>
    public static LabAddress Parse(string json)
    {
        var lab = JsonNode.Parse(json)!;
        string Of(string key) => lab[key]!.ToString();
        return new LabAddress(Of("Port"), Of("UserName"), Of("KeyFile"), Of("KnownHostsFile"), File.ReadLines(Of("PasswordFile")).First());
    }

    /// <summary>Runs a command; the password is its standard input, for sudo -S.</summary>
    public ToolResult Ssh(string command) => Tool.Feed("ssh", [.. Options, "-p", Port, $"{User}@127.0.0.1", command], Password + "\n");

    /// <exception cref="BuildException">The file could not be copied.</exception>
    public void Upload(string file, string remote) =>
        Tool.Must(Tool.Run("scp", [.. Options, "-q", "-P", Port, file, $"{User}@127.0.0.1:{remote}"]), "the content could not be copied");
}
