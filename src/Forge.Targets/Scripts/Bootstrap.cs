using System.Globalization;

namespace Forge.Targets.Scripts;

/// <summary>
/// The command line that the far login shell gets. It reads the script from standard input by its exact length, runs it with its own standard input, in
/// its own process group under its own time limit, ends it when our end of standard input closes, and ends both streams with a trailer. It is free of
/// single quotes, so that every login shell (fish and csh too) passes it on as it is; it forks five times, because a fork is what a slow machine pays for.
/// </summary>
internal static class Bootstrap
{
    // The script is followed by the nonce, so that one cut off by a lost connection is not run, and one that ends in newlines keeps them.
    // $1 nonce, $2 bytes of script and nonce, $3 time limit in seconds, $4 interpreter, $5 bytes of environment, $6 bytes of standard input (only with input)
    private const string Start =
        "exec 4<&0 </dev/null; p=; K=; k(){ K=1; kill $p; }; trap k TERM; [ $5 = 0 ] || eval \"$(exec head -c $5 <&4)\"; s=$(exec head -c $2 <&4); case $s in *$1) s=${s%$1};; *) exit 1;; esac; ";

    private const string End =
        "wait $p; s=$?; [ $K ] && { wait $p; s=$?; }; case $K$s in 1*|124|137) kill -KILL -$p;; esac 2>/dev/null; ";

    private const string Trailers = "printf \"%s %s\\n\" $1 $s; printf \"%s %s\\n\" $1 $s >&2";

    // The watcher waits for the end of our standard input; it looks whether its parent is still ours before it signals.
    private const string Plain =
        Start +
        "printf %s \"$s\" | { exec 3<&0 </dev/null 4<&-; exec timeout -k 2 $3 \"$4\" /dev/fd/3; } & p=$!; " +
        "{ read -r x <&4; read -r a b c d e </proc/self/stat; [ $d = $$ ] && kill $$; } >/dev/null 2>&1 & w=$!; " +
        "exec 4<&-; [ $K ] && k; " + End + "kill $w; " + Trailers;

    private const string WithInput =
        Start +
        "{ head -c $6 <&4; exec >/dev/null; read -r x <&4; kill -TERM 0; } 2>/dev/null | { exec 5<&0 </dev/null 4<&-; trap k TERM; " +
        "printf %s \"$s\" | { exec 3<&0 0<&5 5<&-; exec timeout -k 2 $3 \"$4\" /dev/fd/3; } & p=$!; exec 5<&-; [ $K ] && k; " +
        End + Trailers + "; }";

    /// <summary>Words of the command, to be quoted for a login shell or given to a process as they are.</summary>
    /// <param name="nonce">Nonce of the trailer.</param>
    /// <param name="payload">What will be sent.</param>
    /// <param name="environmentBytes">Bytes of the environment block that comes before the script.</param>
    public static IReadOnlyList<string> Words(string nonce, ScriptPayload payload, int environmentBytes)
    {
        var text = payload.Input is null ? Plain : WithInput;
        string[] sudo = !payload.Sudo ? []
            : payload.SudoPassword is null ? ["sudo", "-n", "--"]
            : ["sudo", "-S", "-p", Prompt(nonce), "--"];
        if (payload.Sudo && payload.SudoPassword is not null)
        {
            text = "printf \"%s ready\\n\" $1 >&2; " + text;
        }

        return
        [
            .. sudo, "/bin/sh", "-c", text, "sh", nonce, Number(payload.Script.Length + nonce.Length),
            payload.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture), payload.Interpreter,
            Number(environmentBytes), Number(payload.InputLength),
        ];
    }

    /// <summary>What sudo prints when it wants the password.</summary>
    public static string Prompt(string nonce) => nonce + " password";

    /// <summary>What the far shell prints when sudo let it start.</summary>
    public static string Ready(string nonce) => nonce + " ready\n";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
