namespace Forge.Lab.Images;

/// <summary>A built image: a machine in the forms that the backends boot. Read-only; machines work on copies.</summary>
/// <param name="Distribution">Name of the recipe.</param>
/// <param name="Digest">Digest of the recipe and of this machine's package sources.</param>
/// <param name="Folder">Folder with its files.</param>
public sealed record LabImage(string Distribution, string Digest, string Folder)
{
    /// <summary>The account that the recipe makes.</summary>
    public const string UserName = "forge";

    /// <summary>btrfs disk of the nspawn backend: subvolumes <c>current</c>, <c>checkpoints/</c>.</summary>
    public string NspawnDisk => Path.Combine(Folder, "root.btrfs");

    /// <summary>Unpartitioned ext4 disk of the QEMU backend.</summary>
    public string QemuDisk => Path.Combine(Folder, "base.ext4");

    /// <summary>Boot loader in the form that QEMU's <c>-kernel</c> takes; it reads the machine's own grub.cfg.</summary>
    public string BootLoader => Path.Combine(Folder, "grub.lkrn");

    /// <summary>Private key of the account.</summary>
    public string KeyFile => Path.Combine(Folder, "id_ed25519");

    /// <summary>Password of the account and of root.</summary>
    public string PasswordFile => Path.Combine(Folder, "password");

    /// <summary>Public host keys, one a line.</summary>
    public string HostKeysFile => Path.Combine(Folder, "host_keys");

    /// <summary>Whether machines of it need services on this machine's loopback address (a proxy).</summary>
    public bool UsesHostLoopback => File.Exists(Path.Combine(Folder, "uses-host-loopback"));
}
