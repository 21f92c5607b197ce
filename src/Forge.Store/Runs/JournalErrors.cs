using Forge.Core.Errors;

namespace Forge.Store.Runs;

/// <summary>Errors of writing that blobs and lines share.</summary>
internal static class JournalErrors
{
    /// <summary>Something could not be put on disk: no action may follow.</summary>
    public static ForgeException Failed(RunFolder folder, string what, Exception cause) =>
        new(
            "JournalFailed",
            ForgeErrorKind.Refused,
            $"The journal of run '{folder.RunId}' in {folder.Root} failed: {what} ({cause.Message.TrimEnd('.')}). "
            + "Without a journal nothing is changed on a target.",
            "Make room or give access there, then resume the run with Resume-ForgeRun.",
            folder.RunId,
            cause);
}
