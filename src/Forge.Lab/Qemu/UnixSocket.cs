using System.Net.Sockets;

namespace Forge.Lab.Qemu;

/// <summary>Connects to QEMU's sockets.</summary>
internal static class UnixSocket
{
    /// <summary>Connects; the stream owns the socket.</summary>
    /// <exception cref="SocketException">Nobody listens there.</exception>
    public static async Task<NetworkStream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
