namespace Forge.Host.Runtime;

/// <summary>What a command does with standard input.</summary>
internal enum InputUse
{
    /// <summary>It does not look at it.</summary>
    None,

    /// <summary>It works on the objects that come; on nothing if none do.</summary>
    Always,

    /// <summary>It works on the objects that come, and if none do, on what the command line says.</summary>
    IfThereIsAny,
}
