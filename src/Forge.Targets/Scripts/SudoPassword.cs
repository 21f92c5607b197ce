using Forge.Core.Errors;
using Forge.Core.Targets;

namespace Forge.Targets.Scripts;

/// <summary>Reads a sudo password from its file, and says what sudo's refusal means.</summary>
internal static class SudoPassword
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The first line of the file, as bytes.</summary>
    /// <exception cref="ForgeException">Ids <c>SudoPasswordFileMissing</c>, <c>SudoPasswordFileExposed</c>.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string target, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new ForgeException(
                "SudoPasswordFileMissing", ForgeErrorKind.NotFound, $"The file with the sudo password of {target} is missing: {path}.",
                "Write the password into it (first line, mode 0600), or remove sudoPasswordFile from the target.", target);
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new ForgeException(
                "SudoPasswordFileExposed", ForgeErrorKind.Denied, $"The file with the sudo password of {target} can be read by others: {path}.",
                $"Run: chmod 600 {path}", target);
        }

        var bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        var end = Array.FindIndex(bytes, b => b is (byte)'\n' or (byte)'\r');
        return bytes.AsMemory(0, end < 0 ? bytes.Length : end);
    }

    /// <summary>The error for a sudo that did not let the script start.</summary>
    public static ForgeException Refused(TargetDescription target, string said)
    {
        var reason = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "no reason given";
        var next = target.SudoPasswordFile is null
            ? "Let the login use sudo without a password, or name a sudoPasswordFile for the target."
            : "Check the password in the target's sudoPasswordFile and that the login may use sudo.";
        return new ForgeException("TargetSudoFailed", ForgeErrorKind.Denied, $"sudo on {target.Name} did not start the command: {reason}", next, target.Name);
    }
}
