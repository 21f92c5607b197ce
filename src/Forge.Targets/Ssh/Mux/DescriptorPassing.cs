using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Forge.Targets.Ssh.Mux;

/// <summary>Hands an open file to the process at the other end of a Unix socket: one byte with <c>SCM_RIGHTS</c> of unix(7), as OpenSSH's <c>monitor_fdpass.c</c> receives it.</summary>
internal static unsafe partial class DescriptorPassing
{
    // sendmsg(2), socket(7), errno(3) of Linux.
    private const int SocketLevel = 1;
    private const int Rights = 1;
    private const int NoSignal = 0x4000;
    private const int Interrupted = 4;

    /// <summary>Whether this system has it in the layout that is known here: 64-bit Linux.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>Sends one file.</summary>
    /// <exception cref="SocketException">The other end is gone.</exception>
    public static void Send(Socket socket, SafeHandle file)
    {
        var held = false;
        try
        {
            file.DangerousAddRef(ref held);
            byte one = 0;
            var part = new Part { Start = &one, Length = 1 };
            var control = new Control { Length = (nuint)(sizeof(nuint) + (3 * sizeof(int))), Level = SocketLevel, Type = Rights, File = (int)file.DangerousGetHandle() };
            var header = new Header { Parts = &part, PartCount = 1, Control = &control, ControlLength = (nuint)sizeof(Control) };
            while (SendMessage((int)socket.Handle, &header, NoSignal) != 1)
            {
                if (Marshal.GetLastPInvokeError() is var error and not Interrupted)
                {
                    throw new SocketException(error, $"a file could not be handed on: error {error}");
                }
            }
        }
        finally
        {
            if (held)
            {
                file.DangerousRelease();
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    private static partial nint SendMessage(int socket, Header* message, int flags);

    /// <summary><c>struct iovec</c>.</summary>
    private struct Part
    {
        public byte* Start;
        public nuint Length;
    }

    /// <summary><c>struct cmsghdr</c> and its one file.</summary>
    private struct Control
    {
        public nuint Length;
        public int Level;
        public int Type;
        public int File;
    }

    /// <summary><c>struct msghdr</c>.</summary>
    private struct Header
    {
        public void* Name;
        public uint NameLength;
        public Part* Parts;
        public nuint PartCount;
        public Control* Control;
        public nuint ControlLength;
        public int Flags;
    }
}
