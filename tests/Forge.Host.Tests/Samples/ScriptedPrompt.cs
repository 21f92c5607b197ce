using Forge.Host.Terminal;

namespace Forge.Host.Tests.Samples;

/// <summary>A person who answers as planned; nobody where there is no plan.</summary>
internal sealed class ScriptedPrompt(string[] answers) : IPrompt
{
    private readonly Queue<string> _answers = new(answers);

    public bool IsPossible { get; } = answers.Length > 0;

    public string? Ask(string question) => _answers.TryDequeue(out string? answer) ? answer : null;
}
