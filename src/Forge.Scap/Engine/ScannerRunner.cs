using System.Globalization;
using System.IO.Compression;
using System.Text;
using Forge.Core.Errors;
using Forge.Core.Targets;
using Forge.Scap.Reading;
using Forge.Scap.Results;

namespace Forge.Scap.Engine;

/// <summary>
/// Runs the scanner on a target in one round trip: content may travel on standard input, compressed; results come back on standard output, compressed. It works
/// in a private folder that is gone when it ends. It only ever evaluates.
/// </summary>
internal static class ScannerRunner
{
    private const int MostBytes = 256 << 20;
    private const string Marker = "forge-scan ";

    // Its probe for Debian packages opens APT's whole cache, 0.2 s for each call, and then asks only for what is installed. Without lists of what could be
    // installed APT reads the status file alone (apt.conf(5), APT_CONFIG). What is not searched for in a whole scan reads all, and would show a difference.
    private const string InstalledOnly = """
        mkdir lists
        printf 'Dir::State::lists "%s/";\nDir::Cache::pkgcache "";\nDir::Cache::srcpkgcache "";\nDir::Etc::sourcelist "/dev/null";\nDir::Etc::sourceparts "/dev/null";\n' "$work/lists" > apt.conf
        export APT_CONFIG="$work/apt.conf"

        """;

    // The scanner writes the scripts of such checks to /tmp and runs them there. Where that is forbidden (what hardening asks for) it looks for the command
    // oscap-run-sce-script, which most packages of the scanner lack, and without it the rule ends in "error" (github.com/OpenSCAP/openscap/issues/2414). A link to
    // the shell that these scripts are written for does what the command does; the mount that counts is the shell's.
    private const string ScriptRunner = """
        noexec=
        while read -r device point kind options rest; do
          [ "$point" != /tmp ] || case ,$options, in *,noexec,*) noexec=yes ;; *) noexec= ;; esac
        done < /proc/mounts
        if [ "$noexec" ] && ! command -v oscap-run-sce-script > /dev/null && shell=$(command -v bash); then
          ln -s "$shell" oscap-run-sce-script
          PATH=$PATH:$work
        fi

        """;

    // oscap 1.3.7 now and then ends with 0 in the middle of its work ("DESC_WUNLOCK failed to unlock a mutex") or crashes. A scan changes nothing and can be repeated.
    private const int Calls = 3;

    /// <summary>Runs the scanner, up to three times where it crashes, waits for itself or ends well without a result.</summary>
    /// <exception cref="ScannerException">It gave no complete result.</exception>
    /// <exception cref="ForgeException">Id <c>TargetCommandFailed</c>.</exception>
    public static async Task<ScannerOutput> RunAsync(ScannerCall call, ITarget verifier, CancellationToken cancellationToken)
    {
        var input = await InputAsync(call, cancellationToken);
        var request = new CommandRequest
        {
            Script = Script(call, input is not null),
            Elevation = Elevation.Sudo,
            Timeout = call.Limit + TimeSpan.FromSeconds(60),
            MaxOutputBytes = MostBytes,
            StandardInput = input is null ? null : new ReadOnlyMemory<byte>(input),
            Environment = new Dictionary<string, string> { ["LC_ALL"] = "C" },
        };
        var repeated = new List<string>();
        var elapsed = TimeSpan.Zero;
        while (true)
        {
            var result = await verifier.RunAsync(request, cancellationToken);
            if (!result.Succeeded || result.OutputDropped > 0)
            {
                throw RemoteFailure.Of(verifier, "run the scanner", result);
            }

            elapsed += result.Elapsed;
            try
            {
                return Parse(call, verifier.Description.Name, result) with { Elapsed = elapsed, Repeated = repeated };
            }
            catch (ScannerException error) when (error.IsTransient && repeated.Count < Calls - 1)
            {
                repeated.Add(error.Message);
            }
        }
    }

    /// <summary>
    /// The script; what travels with it is one gzip stream: the data stream, or with a tailoring its length in ten digits, the tailoring and the data stream.
    /// </summary>
    internal static string Script(ScannerCall call, bool hasInput)
    {
        var script = new StringBuilder("""
            set -u
            umask 077
            work=$(mktemp -d) || exit 90
            trap 'rm -rf "$work"' EXIT
            trap 'exit 143' HUP INT TERM
            cd "$work" || exit 91

            """);
        // A program more is 30 ms on an emulated machine, and there may be a hundred checks.
        if (hasInput && call.Tailoring is null)
        {
            script.Append("gzip -dc > stream.xml || exit 92\n");
        }
        else if (hasInput)
        {
            script.Append("gzip -dc > input || exit 92\nlength=$(head -c 10 input | sed 's/^0*//')\nlength=${length:-0}\n");
            script.Append("tail -c +11 input | head -c \"$length\" > tailoring.xml || exit 93\ntail -c +$((11 + length)) input > stream.xml || exit 93\nrm -f input\n");
        }

        script.Append(call.SkipValidation ? InstalledOnly : "");
        script.Append(HasScripts(call) ? ScriptRunner : "");
        script.Append(ScannerWatch.Around(Command(call), call.WatchInterval));
        script.Append("printf '" + Marker + "%s\\n' \"$code\"\n[ ! -s errors ] || tail -c 4000 errors | base64 | tr -d '\\n'\necho\n");
        script.Append("if [ -s results.xml ]; then gzip -nc results.xml | base64; fi\nexit 0\n");
        return script.ToString();
    }

    private static bool HasScripts(ScannerCall call) => call.Stream is not { } stream || stream.AsSpan().IndexOf("http://open-scap.org/page/SCE"u8) >= 0;

    private static string Command(ScannerCall call)
    {
        var script = new StringBuilder();
        script.Append(CultureInfo.InvariantCulture, $"timeout -k 10 {(int)call.Limit.TotalSeconds} nice -n 10 {RemoteText.Quote(call.Scanner)} xccdf eval");
        script.Append(call.SkipValidation ? " --skip-validation" : "");
        script.Append(call.Tailoring is null ? "" : " --tailoring-file tailoring.xml");
        script.Append(call.ProfileId is null ? "" : " --profile " + RemoteText.Quote(call.ProfileId));
        foreach (var rule in call.RuleIds)
        {
            script.Append(" --rule ").Append(RemoteText.Quote(rule));
        }

        foreach (var rule in call.SkippedRuleIds)
        {
            script.Append(" --skip-rule ").Append(RemoteText.Quote(rule));
        }

        script.Append(" --results results.xml ").Append(call.PathOnTarget is null ? "stream.xml" : RemoteText.Quote(call.PathOnTarget));
        script.Append(" > output 2> errors < /dev/null");
        return script.ToString();
    }

    /// <summary>Reads what the script wrote.</summary>
    internal static ScannerOutput Parse(ScannerCall call, string target, CommandResult result)
    {
        var lines = result.Output.Split('\n', 3);
        if (lines.Length < 3 || !lines[0].StartsWith(Marker, StringComparison.Ordinal) || !int.TryParse(lines[0][Marker.Length..], out var code))
        {
            throw new ScannerException(ForgeErrorKind.Corrupt, $"The scanner on {target} gave no answer that can be read.", target);
        }

        try
        {
            var said = RemoteFailure.LastLine(Encoding.UTF8.GetString(Convert.FromBase64String(lines[1])));
            if (code is not (0 or 2))
            {
                throw code == ScannerWatch.Hung
                    ? new ScannerException(ForgeErrorKind.Timeout, $"{call.Scanner} on {target} waited for itself and was ended.", target, isTransient: true)
                    // timeout(1) says 137 too where something else killed what it runs.
                    : code == 124 || (code == 137 && result.Elapsed >= call.Limit)
                    ? new ScannerException(ForgeErrorKind.Timeout, $"{call.Scanner} on {target} did not end within {call.Limit.TotalMinutes:0} minutes.", target)
                    : new ScannerException(ForgeErrorKind.Corrupt, $"{call.Scanner} on {target} ended with {code}: {said}", target, isTransient: code > 128);
            }

            if (string.IsNullOrWhiteSpace(lines[2]))
            {
                throw new ScannerException(ForgeErrorKind.Corrupt, $"{call.Scanner} on {target} ended with {code} and wrote no result: {said}", target, isTransient: true);
            }

            var packed = Convert.FromBase64String(lines[2]);
            using var unpacked = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            return new ScannerOutput(XccdfResultsReader.Read(unpacked, $"result of {target}"), packed, result.Elapsed, []);
        }
        catch (Exception error) when (error is FormatException or InvalidDataException or ScapFormatException)
        {
            throw new ScannerException(ForgeErrorKind.Corrupt, $"The scanner's result on {target} did not arrive whole: {error.Message}", target, isTransient: true, error);
        }
    }

    private static async Task<byte[]?> InputAsync(ScannerCall call, CancellationToken cancellationToken)
    {
        if (call.Stream is null && call.Tailoring is null)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        await using (var packer = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            if (call.Tailoring is { } tailoring)
            {
                await packer.WriteAsync(Encoding.ASCII.GetBytes(tailoring.Length.ToString("D10", CultureInfo.InvariantCulture)), cancellationToken);
                await packer.WriteAsync(tailoring, cancellationToken);
            }

            await packer.WriteAsync(call.Stream ?? [], cancellationToken);
        }

        return bytes.ToArray();
    }
}
