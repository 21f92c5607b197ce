using System.Globalization;

namespace Forge.Scap.Engine;

/// <summary>
/// Shell around a call of the scanner that ends it when it waits for itself: oscap 1.3.7 can lose a wake-up between its own threads, and then every one of them
/// waits on a futex for ever. That is told from work and from waiting for something else by two looks between which no thread has run, each with all of them in
/// a futex (proc(5): <c>wchan</c>, context switches in <c>status</c>). Where the system shows neither, the time limit is what ends it.
/// </summary>
internal static class ScannerWatch
{
    /// <summary>What the shell's <c>code</c> is where it was ended (EX_TEMPFAIL of sysexits.h).</summary>
    public const int Hung = 75;

    /// <summary>The call, with the watch beside it; <c>code</c> is the exit status.</summary>
    /// <param name="command">The call with its redirections.</param>
    /// <param name="interval">Time between two looks, whole seconds.</param>
    public static string Around(string command, TimeSpan interval) => string.Create(CultureInfo.InvariantCulture, $$"""
        {{command}} &
        run=$!
        watch=
        trap 'kill $run $watch 2>/dev/null; exit 143' HUP INT TERM
        {
          trap 'kill $nap 2>/dev/null; exit' TERM
          before=
          while sleep {{interval.TotalSeconds:0}} & nap=$!; wait $nap; do
            scanner=
            read -r scanner rest < /proc/$run/task/$run/children || [ "$scanner" ] || exit
            now=$(grep -h ctxt_switches /proc/$scanner/task/*/status) || exit
            if [ "$now" = "$before" ] && [ $(grep -l '^futex_' /proc/$scanner/task/*/wchan | wc -l) = $(ls /proc/$scanner/task | wc -l) ]; then
              : > hung
              kill -KILL $scanner
            fi
            before=$now
          done
        } > watch 2>&1 < /dev/null &
        watch=$!
        wait $run
        code=$?
        kill $watch 2>/dev/null
        [ ! -e hung ] || code={{Hung}}

        """);
}
