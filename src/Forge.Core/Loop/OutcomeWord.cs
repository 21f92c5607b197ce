using System.Text.Json;

namespace Forge.Core.Loop;

/// <summary>Outcomes and failure modes as people read them: <c>needs-decision</c>, <c>already-passing</c>, <c>health-failure</c>.</summary>
public static class OutcomeWord
{
    /// <summary>The word for a state.</summary>
    public static string Of(ItemState state) => JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());

    /// <summary>The word for a failure mode; empty for none.</summary>
    public static string Of(FailureMode mode) => mode == FailureMode.None ? "" : JsonNamingPolicy.KebabCaseLower.ConvertName(mode.ToString());
}
