namespace Forge.Core.Models;

/// <summary>What a model is asked for.</summary>
public enum ModelRole
{
    /// <summary>Chooses the next action, one a turn.</summary>
    Worker,

    /// <summary>Looks at what was tried and says whether to go on, to change the plan or to give up.</summary>
    Architect,

    /// <summary>Draws the lesson from a failed attempt.</summary>
    Reflector,

    /// <summary>Judges what another model made; never the model that made it.</summary>
    Judge,
}
