namespace Forge.Core.Skills;

/// <summary>What kind of value an input of a decision is; each is checked before anything is done.</summary>
public enum DecisionInputType
{
    /// <summary>One line of text.</summary>
    String,

    /// <summary>Absolute path on the target.</summary>
    Path,

    /// <summary>Block device on the target, under <c>/dev</c>.</summary>
    Device,

    /// <summary>Lines of text, one at least where it is given.</summary>
    List,

    /// <summary>Hash of a password, of GRUB's PBKDF2 or crypt(5); kept out of every log.</summary>
    Hash,

    /// <summary>One line of text that is kept out of every log.</summary>
    Secret,
}
