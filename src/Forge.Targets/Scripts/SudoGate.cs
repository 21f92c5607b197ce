using System.Text;

namespace Forge.Targets.Scripts;

/// <summary>Talks with sudo until it lets the script start: gives the password once when asked, and ends at a second question, so that a wrong one costs one try.</summary>
internal static class SudoGate
{
    /// <summary>Reads standard error until the far shell is ready.</summary>
    /// <returns>True where the script can be sent; false where sudo refused.</returns>
    public static bool Pass(Stream error, Stream input, string nonce, ReadOnlyMemory<byte> password, IByteSink said)
    {
        var prompt = Encoding.ASCII.GetBytes(Bootstrap.Prompt(nonce));
        var ready = Encoding.ASCII.GetBytes(Bootstrap.Ready(nonce));
        var seen = new List<byte>();
        var asked = false;
        var buffer = new byte[4096];
        while (true)
        {
            var read = error.Read(buffer);
            if (read == 0)
            {
                said.Write(seen.ToArray());
                return false;
            }

            seen.AddRange(buffer.AsSpan(0, read));
            var bytes = seen.ToArray().AsSpan();
            if (bytes.IndexOf(ready) >= 0)
            {
                return true;
            }

            var at = bytes.IndexOf(prompt);
            if (at < 0)
            {
                continue;
            }

            seen.RemoveRange(at, prompt.Length);
            if (asked)
            {
                input.Close();
                continue;
            }

            asked = true;
            Send(input, password.Span);
        }
    }

    private static void Send(Stream input, ReadOnlySpan<byte> password)
    {
        var line = new byte[password.Length + 1];
        password.CopyTo(line);
        line[^1] = (byte)'\n';
        try
        {
            input.Write(line);
            input.Flush();
        }
        catch (IOException)
        {
            // sudo is gone; the end of its standard error says so in a moment.
        }
        finally
        {
            Array.Clear(line);
        }
    }
}
