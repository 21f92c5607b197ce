using System.Buffers.Binary;
using System.Text;

namespace Forge.Targets.Ssh.Mux;

/// <summary>A message to the owner of a control socket: big-endian numbers and strings with their length before them, and its own length before all (OpenSSH's PROTOCOL.mux).</summary>
internal sealed class MuxPacket
{
    private readonly List<byte> _bytes = [];

    /// <summary>Begins one, with room for its length.</summary>
    public MuxPacket(MuxMessage kind) => Add(0).Add((uint)kind);

    /// <summary>Adds a number.</summary>
    public MuxPacket Add(uint value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(four, value);
        _bytes.AddRange(four);
        return this;
    }

    /// <summary>Adds a string.</summary>
    public MuxPacket Add(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add((uint)bytes.Length)._bytes.AddRange(bytes);
        return this;
    }

    /// <summary>All of it.</summary>
    public byte[] ToBytes()
    {
        var bytes = _bytes.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)bytes.Length - 4);
        return bytes;
    }
}
