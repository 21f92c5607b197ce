using System.Text.Json;
using Forge.Core.Models;
using Forge.Core.Prompts;

namespace Forge.Core.Thinking;

/// <summary>One question to a model.</summary>
/// <param name="Role">Role.</param>
/// <param name="Model">The model.</param>
/// <param name="Item">Item that it is about.</param>
/// <param name="Turn">Turn on the item, from 1.</param>
/// <param name="Prompt">The prompt.</param>
/// <param name="Schema">What the answer must be.</param>
public sealed record ModelQuestion(ModelRole Role, RoleModel Model, string Item, int Turn, ComposedPrompt Prompt, JsonElement Schema);
