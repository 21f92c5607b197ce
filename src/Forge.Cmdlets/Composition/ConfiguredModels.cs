using Forge.Core.Errors;
using Forge.Core.Models;
using Forge.Models.Settings;

namespace Forge.Cmdlets.Composition;

/// <summary>The user's models in their roles.</summary>
/// <param name="registry">The models.</param>
/// <param name="roles">Names by role.</param>
/// <param name="clients">Their clients.</param>
internal sealed class ConfiguredModels(ModelRegistry registry, IReadOnlyDictionary<ModelRole, string> roles, ModelClients clients) : IModelSource
{
    private readonly Dictionary<string, RoleModel> _made = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public RoleModel? Find(ModelRole role)
    {
        if (!roles.TryGetValue(role, out var name))
        {
            return null;
        }

        lock (_gate)
        {
            if (!_made.TryGetValue(name, out var model))
            {
                _made[name] = model = Make(name);
            }

            return model;
        }
    }

    private RoleModel Make(string name)
    {
        var all = registry.Load();
        var model = all.FirstOrDefault(m => m.Name == name) ?? throw new ForgeException(
            "ModelNotFound", ForgeErrorKind.NotFound, $"There is no model '{name}'.", all.Count == 0 ? "Add one with Add-ForgeModel." : $"Models are {string.Join(", ", all.Select(m => m.Name))}.", name);
        return new RoleModel
        {
            Name = name,
            Client = clients.Of(model),
            ContextTokens = model.ContextTokens,
            AnswerTokens = model.AnswerTokens,
            ReasoningTokens = model.ReasoningTokens,
            OnlyWordsOfItem = model.OnlyWordsOfItem,
            Temperature = (float)model.Temperature,
            IdleLimit = TimeSpan.FromSeconds(model.IdleSeconds),
        };
    }
}
