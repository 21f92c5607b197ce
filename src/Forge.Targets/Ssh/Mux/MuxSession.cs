using System.Buffers.Binary;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Text;
using Forge.Targets.Scripts;

namespace Forge.Targets.Ssh.Mux;

/// <summary>
/// One command on a connection that is open, asked for at its control socket as <c>ssh</c> itself does it (PROTOCOL.mux, version 4 since OpenSSH 5.4), without the
/// client that would only do this: its start is half of a command's time.
/// </summary>
internal sealed class MuxSession : IShellSession
{
    private const uint Version = 4;
    private const uint Request = 1;
    private const uint NoEscape = 0xffffffff;
    private const int ClientsOwn = 255;
    private const int LongestMessage = 256 * 1024;
    private const int Patience = 30_000;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = Patience, SendTimeout = Patience };
    private readonly AnonymousPipeServerStream _input = new(PipeDirection.Out, HandleInheritability.None);
    private readonly AnonymousPipeServerStream _output = new(PipeDirection.In, HandleInheritability.None);
    private readonly AnonymousPipeServerStream _error = new(PipeDirection.In, HandleInheritability.None);

    private MuxSession()
    {
    }

    /// <summary>Whether this system can do it; elsewhere a client is started for each command.</summary>
    public static bool IsSupported => DescriptorPassing.IsSupported;

    /// <inheritdoc/>
    public Stream Input => _input;

    /// <inheritdoc/>
    public Stream Output => _output;

    /// <inheritdoc/>
    public Stream Error => _error;

    /// <inheritdoc/>
    public bool IsRefused { get; private set; }

    /// <summary>Asks for one. Where the connection is gone, so is the session: its streams are at their end.</summary>
    /// <returns>Null where the owner of the socket speaks another version.</returns>
    public static IShellSession? Open(string path, string command)
    {
        var session = new MuxSession();
        try
        {
            if (session.Begin(path, command))
            {
                return session;
            }

            session.Dispose();
            return null;
        }
        catch (Exception cause) when (cause is SocketException or IOException)
        {
            session.Dispose();
            return new LostSession($"ssh: the connection is gone: {cause.Message}\n");
        }
    }

    /// <inheritdoc/>
    public string? TransportFault()
    {
        _socket.ReceiveTimeout = 2000;
        try
        {
            while (true)
            {
                var message = Receive();
                switch (Kind(message))
                {
                    case MuxMessage.ExitMessage:
                        return Number(message, 8) == ClientsOwn ? "" : null;
                    case MuxMessage.Failure or MuxMessage.PermissionDenied:
                        IsRefused = true;
                        return $"ssh: {Text(message, 8)}\n";
                    default:
                        continue;
                }
            }
        }
        catch (Exception cause) when (cause is SocketException or IOException)
        {
            return "ssh: the connection ended before the command did.\n";
        }
    }

    /// <inheritdoc/>
    public void Kill() => _socket.Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _input.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private bool Begin(string path, string command)
    {
        _socket.Connect(new UnixDomainSocketEndPoint(path));
        Send(new MuxPacket(MuxMessage.Hello).Add(Version));
        var hello = Receive();
        if (Kind(hello) != MuxMessage.Hello || Number(hello, 4) != Version)
        {
            return false;
        }

        // No terminal, no X11, no agent, no subsystem, no escape character, no kind of terminal.
        Send(new MuxPacket(MuxMessage.NewSession).Add(Request).Add("").Add(0).Add(0).Add(0).Add(0).Add(NoEscape).Add("").Add(command));
        foreach (var pipe in (AnonymousPipeServerStream[])[_input, _output, _error])
        {
            try
            {
                DescriptorPassing.Send(_socket, pipe.ClientSafePipeHandle);
            }
            finally
            {
                // Once it was asked for, the pipe itself does not close it any more.
                pipe.DisposeLocalCopyOfClientHandle();
            }
        }

        return true;
    }

    private void Send(MuxPacket packet) => _socket.Send(packet.ToBytes());

    private byte[] Receive()
    {
        var length = BinaryPrimitives.ReadUInt32BigEndian(Exactly(4));
        return length is >= 4 and <= LongestMessage ? Exactly((int)length) : throw new IOException($"a message of {length} bytes on the control socket");
    }

    private byte[] Exactly(int count)
    {
        var bytes = new byte[count];
        for (var have = 0; have < count;)
        {
            var read = _socket.Receive(bytes.AsSpan(have));
            have += read > 0 ? read : throw new IOException("the control socket was closed");
        }

        return bytes;
    }

    private static string Text(byte[] message, int at)
    {
        var length = Number(message, at);
        var bytes = message.AsSpan(at + 4);
        return Encoding.UTF8.GetString(length <= bytes.Length ? bytes[..(int)length] : bytes);
    }

    private static MuxMessage Kind(byte[] message) => (MuxMessage)Number(message, 0);

    private static uint Number(byte[] message, int at) =>
        message.Length >= at + 4 ? BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(at)) : throw new IOException("a message on the control socket is cut off");
}
