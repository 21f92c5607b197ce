using System.Text;

namespace Forge.Host.Tests.Samples;

/// <summary>An output whose reader goes away after some lines, as <c>head -1</c> does.</summary>
internal sealed class LeavingReader : StringWriter
{
    /// <summary>What the runtime puts into HResult: errno EPIPE, or ERROR_BROKEN_PIPE as an HRESULT.</summary>
    private static readonly int BrokenPipe = OperatingSystem.IsWindows() ? unchecked((int)0x8007006D) : 32;

    private int _left;

    internal LeavingReader(StringBuilder text, int? lines)
        : base(text)
    {
        NewLine = "\n";
        _left = lines ?? int.MaxValue;
    }

    public override void WriteLine(string? value)
    {
        if (_left-- == 0)
        {
            throw new IOException("Broken pipe", BrokenPipe);
        }

        base.WriteLine(value);
    }
}
