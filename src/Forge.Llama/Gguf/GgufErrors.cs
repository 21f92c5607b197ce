using Forge.Core.Errors;

namespace Forge.Llama.Gguf;

/// <summary>The errors of a model file.</summary>
internal static class GgufErrors
{
    private const string Next = "Fetch the file again and compare its digest with its source's.";

    /// <summary>The bytes are not what the format promises.</summary>
    public static ForgeException Invalid(string file, long offset, string what) =>
        new("ModelFileInvalid", ForgeErrorKind.Corrupt, $"{file} is damaged at byte {offset}: {what}.", Next, file);

    /// <summary>The bytes are in order, what they say is not.</summary>
    public static ForgeException Wrong(string file, string key, string what) =>
        new("ModelFileInvalid", ForgeErrorKind.Corrupt, $"{file}: {key} {what}.", Next, file);

    public static ForgeException Unreadable(string file, Exception e) => e is FileNotFoundException or DirectoryNotFoundException
        ? new ForgeException("ModelFileMissing", ForgeErrorKind.NotFound, $"There is no model file {file}.", "Give the path of a GGUF file.", file, e)
        : new ForgeException("ModelFileUnreadable", ForgeErrorKind.Denied, $"The model file {file} cannot be read: {e.Message}", "Look at its permissions and its disk.", file, e);
}
