namespace Forge.Core.Models;

/// <summary>Port: which model works in which role.</summary>
public interface IModelSource
{
    /// <summary>The model of a role; null where the user configured none. Loads nothing.</summary>
    RoleModel? Find(ModelRole role);
}
