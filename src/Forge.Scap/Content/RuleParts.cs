namespace Forge.Scap.Content;

/// <summary>What was read of a rule so far.</summary>
internal sealed class RuleParts
{
    public string Title { get; set; } = "";

    public XccdfText Description { get; set; } = XccdfText.Empty;

    public XccdfText Rationale { get; set; } = XccdfText.Empty;

    public List<string> Platforms { get; } = [];

    public List<IReadOnlyList<string>> Requires { get; } = [];

    public List<string> Conflicts { get; } = [];

    public List<RuleReference> References { get; } = [];

    public List<RuleIdent> Idents { get; } = [];

    public List<Fix> Fixes { get; } = [];

    public List<XccdfText> FixTexts { get; } = [];

    public List<XccdfText> Warnings { get; } = [];

    public List<Check> Checks { get; } = [];

    public ComplexCheck? ComplexCheck { get; set; }
}
