using Forge.Core.Findings;

namespace Forge.Core.Actions.Typed;

/// <summary>Sets one setting in a configuration file and leaves the rest of the file as it is; one record for each format.</summary>
public abstract record SetConfigAction : TypedAction
{
    private protected SetConfigAction()
    {
    }

    /// <inheritdoc/>
    public override string Kind => "set-config";

    private protected static Resource SettingOf(string path, string key) => new(ResourceKind.Setting, $"{path}:{key}");
}
