using System.Net;
using System.Net.Sockets;
using System.Text;
using Forge.Core.Errors;
using Forge.Lab.Machines;
using Forge.Lab.Processes;

namespace Forge.Lab.Readiness;

/// <summary>Proves that a machine is ready: its ssh server speaks and its account logs in.</summary>
internal static class SshProbe
{
    private static readonly TimeSpan LoginLimit = TimeSpan.FromSeconds(20);

    /// <summary>Waits until a login works. While a machine boots its banner is asked for first, which costs little; one from saved memory should answer at once.</summary>
    /// <param name="folder">The machine.</param>
    /// <param name="record">Its record; port and account are used.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="booting">Whether the machine boots.</param>
    /// <param name="whyDead">Asked between attempts: why there is no use in waiting on; null while there is.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ForgeException">Id <c>LabNotReady</c>.</exception>
    public static async Task WaitAsync(LabFolder folder, LabRecord record, TimeSpan limit, bool booting, Func<string?> whyDead, CancellationToken cancellationToken)
    {
        var deadline = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        var last = "its ssh server has not answered";
        while (Environment.TickCount64 < deadline)
        {
            if (whyDead() is { } reason)
            {
                throw NotReady(folder, reason);
            }

            if (!booting || await AnswersAsync(record.Port, cancellationToken))
            {
                var login = await Tool.RunAsync(Login(folder, record), cancellationToken);
                if (login.ExitCode == 0)
                {
                    return;
                }

                booting = true;
                last = $"the login of {record.UserName} fails: {login.Complaint}";
            }

            await Task.Delay(25, cancellationToken);
        }

        throw NotReady(folder, $"{last} after {limit.TotalSeconds:0} s");
    }

    /// <summary>Whether an ssh server says its banner on the port: RFC 4253, section 4.2.</summary>
    public static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
            var banner = new byte[4];
            await client.GetStream().ReadExactlyAsync(banner, limit.Token);
            return Encoding.ASCII.GetString(banner) == "SSH-";
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static ToolRequest Login(LabFolder folder, LabRecord record) => new(
        "ssh", "-n", "-T", "-F", "none",
        "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "StrictHostKeyChecking=yes", "-o", "ControlPath=none",
        "-o", $"UserKnownHostsFile=\"{folder.KnownHostsFile}\"", "-o", "GlobalKnownHostsFile=none", "-o", $"ConnectTimeout={LoginLimit.TotalSeconds:0}",
        // Cheap to compute where instructions are translated; in front of the list, so that a server that refuses it is no obstacle.
        "-o", "KexAlgorithms=^curve25519-sha256",
        "-i", folder.KeyFile, "-p", $"{record.Port}", "-l", record.UserName, "127.0.0.1", "true")
    {
        TimeLimit = LoginLimit,
    };

    private static ForgeException NotReady(LabFolder folder, string reason) => new(
        "LabNotReady",
        ForgeErrorKind.Timeout,
        $"The lab '{folder.Name}' is not ready: {reason}.",
        $"Its console is in {folder.Combine("run", "console.log")}; Restore-ForgeLab takes it back to a checkpoint.",
        folder.Name);
}
