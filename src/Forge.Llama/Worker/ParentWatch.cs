namespace Forge.Llama.Worker;

/// <summary>
/// Ends this process when its parent is gone even where something else still holds the pipe open. Not PR_SET_PDEATHSIG: it fires when the *thread* that
/// started the child ends (prctl(2)), and .NET starts processes from threads of its pool.
/// </summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    public static void Start()
    {
        var parent = WorkerStreams.ParentId();
        new Thread(() => Watch(parent)) { IsBackground = true, Name = "parent" }.Start();
    }

    private static void Watch(int parent)
    {
        while (WorkerStreams.ParentId() == parent)
        {
            Thread.Sleep(Interval);
        }

        WorkerStreams.Exit(0);
    }
}
