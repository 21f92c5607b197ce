using Forge.Core.Errors;

namespace Forge.Scap.Reading;

/// <summary>A SCAP file that cannot be used: damaged, hostile, or not what it was taken for. The message names file, line and position.</summary>
public sealed class ScapFormatException : ForgeException
{
    /// <summary>Describes what is wrong where.</summary>
    /// <param name="file">Name of the file or stream.</param>
    /// <param name="line">Line, from 1; 0 where it is not known.</param>
    /// <param name="position">Position in the line, from 1; 0 where it is not known.</param>
    /// <param name="reason">What is wrong, one sentence without full stop.</param>
    /// <param name="nextStep">What to do next.</param>
    /// <param name="inner">The cause.</param>
    public ScapFormatException(string file, int line, int position, string reason, string nextStep, Exception? inner = null)
        : base("ScapFormat", ForgeErrorKind.Corrupt, line > 0 ? $"{file}({line},{position}): {reason}." : $"{file}: {reason}.", nextStep, file, inner)
    {
        File = file;
        Line = line;
        Position = position;
        Reason = reason;
    }

    /// <summary>Name of the file or stream.</summary>
    public string File { get; }

    /// <summary>Line, from 1; 0 where it is not known.</summary>
    public int Line { get; }

    /// <summary>Position in the line, from 1; 0 where it is not known.</summary>
    public int Position { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; }
}
