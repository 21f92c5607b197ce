using Forge.Build.Labs;

namespace Forge.Build;

/// <summary>Installs what the lab and the tests need; nothing is asked of the network where all is there.</summary>
internal static class Setup
{
    private static readonly string[] Packages =
    [
        "openssh-client", "openssh-server", "mmdebstrap", "systemd-container", "slirp4netns", "btrfs-progs", "e2fsprogs", "uidmap", "libsqlite3-0",
        "qemu-system-x86", "qemu-utils", "seabios", "grub-pc-bin", "grub-common", "openscap-scanner", "shellcheck", "shfmt", "gcc", "libc6-dev", "git",
        "iproute2", "util-linux",
    ];

    /// <summary>The folder of the SCAP content that demo, tests and benches use.</summary>
    public static string ContentFolder => Path.GetFullPath("out/content/usr/share/xml/scap/ssg/content");

    /// <exception cref="BuildException">Something is missing and cannot be installed.</exception>
    public static void Run()
    {
        Install(Packages);
        if (Tool.Capture("sh", "-c", "command -v npm").Code != 0)
        {
            // Where node comes from elsewhere than Debian, npm comes with it, and Debian's package would not go beside it.
            Install("npm");
        }

        if (!File.Exists(Baseline.Of(new BuildOptions([])).Content))
        {
            Steps.Say("setup: fetching SCAP content (ssg-debian, ssg-nondebian) through this machine's own apt sources");
            Tool.Must(Tool.Run("sh", ["lab/content/fetch-content.sh", "out/content"], quiet: true), "the SCAP content could not be fetched, see above");
        }
    }

    /// <summary>Unpacks Debian sid's llama-server with all its libraries, where it is not yet; where it cannot be had within a minute, the tests that run it skip.</summary>
    public static void FetchLlamaServer(string folder)
    {
        if (File.Exists(Path.Combine(folder, "usr/bin/llama-server")))
        {
            return;
        }

        Steps.Say("setup: fetching llama-server (Debian sid, 20 MB) through this machine's own apt sources");
        if (Tool.Run("timeout", ["60", "sh", "lab/unpack-sid.sh", folder, "llama.cpp-tools"], quiet: true) != 0)
        {
            Steps.Say("setup: llama-server could not be fetched, see above: the tests that run it are skipped");
        }
    }

    /// <summary>Installs what of these packages is missing.</summary>
    /// <exception cref="BuildException">This is not root, or the packages cannot be had.</exception>
    public static void Install(params string[] packages)
    {
        var missing = packages.Where(p => Tool.Capture("dpkg-query", "-W", "-f=${db:Status-Status}", p) is not { Code: 0, Output: "installed" }).ToArray();
        if (missing.Length == 0)
        {
            Steps.Say("setup: all Debian packages are here");
            return;
        }

        if (Environment.UserName != "root")
        {
            throw new BuildException($"these Debian packages are missing and installing them needs root: {string.Join(' ', missing)}\n  next: sudo apt-get install --no-install-recommends {string.Join(' ', missing)}");
        }

        Steps.Say($"setup: installing {string.Join(' ', missing)}");
        var environment = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" };
        Tool.Must(Tool.Run("apt-get", ["-q", "update"], quiet: true), "apt-get update failed: is a package mirror reachable?");
        Tool.Must(Tool.Run("apt-get", ["-q", "-y", "--no-install-recommends", "install", .. missing], environment, quiet: true), "apt-get install failed, see above");
    }
}
