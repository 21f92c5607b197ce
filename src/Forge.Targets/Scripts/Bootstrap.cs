using System.Globalization;

namespace Forge.Targets.Scripts;

/// <summary>
/// The command line that the far login shell gets. It reads the script from standard input up to a nonce (one that is cut off is not run), runs it with
/// a standard input of its own, ends it when its time is over or our end of standard input closes, and ends both streams with a trailer. It is free of
/// single quotes, so that every login shell (fish and csh too) passes it on as it is. Starting a program is what a slow machine pays for: before the
/// script only its interpreter is started; the timer starts beside it.
/// </summary>
internal static class Bootstrap
{
    /// <summary>A longer script is read by <c>head</c>: the shell's own <c>read</c> takes a system call for each byte.</summary>
    private const int ShortScript = 2048;

    // $1 nonce, $2 bytes of script and nonce, $3 time limit in seconds, $4 interpreter, $5 bytes of environment, $6 bytes of standard input
    private const string Open = "exec 4<&0 </dev/null; [ $5 = 0 ] || eval \"$(exec head -c $5 <&4)\"; _n=$1 _b=$2 _t=$3 _i=$4 _s=$6 _k= _e=; ";

    private const string ReadLines =
        "set --; while IFS= read -r _l; do [ \"$_l\" = $_n ] && _e=1 && break; set -- \"$@\" \"$_l\"; done <&4; [ $_e ] || exit 1; "
        + "_f(){ _l=$1; shift; printf %s \"$_l\"; [ $# = 0 ] || printf \"\\n%s\" \"$@\"; }; ";

    private const string ReadBlock =
        "_e=$(exec head -c $_b <&4); case $_e in *$_n) _e=${_e%$_n};; *) exit 1;; esac; _f(){ printf %s \"$_e\"; }; set --; ";

    private const string Trailers = "printf \"%s %s\\n\" $_n $_s; printf \"%s %s\\n\" $_n $_s >&2";

    // The watcher waits for the limit or the end of our standard input, looks whether its parent is still ours, and ends the process group; the shell
    // itself outlives the first signal to write the trailer. A script that ends in time takes the watcher along.
    private const string Plain =
        "trap _k=1 USR1; trap : TERM; _f \"$@\" | { exec 3<&0 </dev/null 4<&-; exec \"$_i\" /dev/fd/3; } & _p=$!; "
        + "{ timeout $_t head -c 1 <&4; read -r _a _b _c _d _e </proc/self/stat; [ $_d = $$ ] || exit; trap \"\" TERM; kill -USR1 $$; kill -TERM 0; "
        + "sleep 2; kill -KILL 0; } >/dev/null 2>&1 & _w=$!; "
        + "exec 4<&-; wait $_p; _s=$?; while [ $_s -gt 128 ] && kill -0 $_p; do wait $_p; _s=$?; done 2>/dev/null; "
        + "if [ $_k ]; then _s=124; else kill $_w; fi; " + Trailers;

    // With standard input the feeder is the watcher once everything is sent, and timeout keeps the limit.
    private const string WithInput =
        "_k(){ _k=1; kill $_p; }; _p=; trap _k TERM; "
        + "{ head -c $_s <&4; exec >/dev/null; read -r _l <&4; kill -TERM 0; } 2>/dev/null | { exec 5<&0 </dev/null 4<&-; trap _k TERM; "
        + "_f \"$@\" | { exec 3<&0 0<&5 5<&-; exec timeout -k 2 $_t \"$_i\" /dev/fd/3; } & _p=$!; exec 5<&-; [ $_k ] && _k; "
        + "wait $_p; _s=$?; [ $_k ] && { wait $_p; _s=$?; }; case $_k$_s in 1*|124|137) kill -KILL -$_p;; esac 2>/dev/null; " + Trailers + "; }";

    /// <summary>Words of the command, to be quoted for a login shell or given to a process as they are.</summary>
    /// <param name="nonce">Nonce of the trailer.</param>
    /// <param name="payload">What will be sent.</param>
    /// <param name="environmentBytes">Bytes of the environment block that comes before the script.</param>
    public static IReadOnlyList<string> Words(string nonce, ScriptPayload payload, int environmentBytes)
    {
        var text = Open + (IsShort(payload) ? ReadLines : ReadBlock) + (payload.Input is null ? Plain : WithInput);
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

    /// <summary>What follows the script: the nonce, on a line of its own where the far shell reads lines.</summary>
    public static string EndOfScript(string nonce, ScriptPayload payload) => IsShort(payload) ? "\n" + nonce + "\n" : nonce;

    /// <summary>What sudo prints when it wants the password.</summary>
    public static string Prompt(string nonce) => nonce + " password";

    /// <summary>What the far shell prints when sudo let it start.</summary>
    public static string Ready(string nonce) => nonce + " ready\n";

    private static bool IsShort(ScriptPayload payload) => payload.Script.Length <= ShortScript;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
