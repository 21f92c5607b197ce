using Forge.Core.Errors;

namespace Forge.Llama.Protocol;

/// <summary>A <see cref="ForgeException"/> on its way to the parent.</summary>
internal sealed record ErrorReply(string Id, ForgeErrorKind Kind, string Message, string? NextStep)
{
    public static ErrorReply Of(ForgeException e) => new(e.Id, e.Kind, e.Message, e.NextStep);

    public ForgeException ToException(string subject) => new(Id, Kind, Message, NextStep, subject);
}
