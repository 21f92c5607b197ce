using Forge.Core.Evaluation;

namespace Forge.Cmdlets.Tasks;

/// <summary>A finding verified again.</summary>
/// <param name="Target">Target.</param>
/// <param name="Id">Item.</param>
/// <param name="Verdict">The exact verdict.</param>
/// <param name="Detail">Messages of the check.</param>
/// <param name="Method">How it was evaluated.</param>
/// <param name="Elapsed">Wall time of the evaluation it was part of.</param>
public sealed record FindingTest(string Target, string Id, VerdictKind Verdict, string Detail, string Method, TimeSpan Elapsed);
