using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Forge.Analyzers;

/// <summary>Methods of at most 60 lines, files of at most 300: what a stranger can read in one sitting.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LengthAnalyzer : DiagnosticAnalyzer
{
    private const int MostMethodLines = 60;
    private const int MostFileLines = 300;

    private static readonly DiagnosticDescriptor MethodRule = new DiagnosticDescriptor(
        "FORGE0002", "Method too long", "'{0}' has {1} lines; {2} are the most: give a part of it a name of its own", "Readability", DiagnosticSeverity.Warning, true);

    private static readonly DiagnosticDescriptor FileRule = new DiagnosticDescriptor(
        "FORGE0003", "File too long", "The file has {0} lines; {1} are the most: split it by what it does", "Readability", DiagnosticSeverity.Warning, true);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(MethodRule, FileRule);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(CheckMethod, SyntaxKind.MethodDeclaration, SyntaxKind.ConstructorDeclaration, SyntaxKind.LocalFunctionStatement);
        context.RegisterSyntaxTreeAction(CheckFile);
    }

    private static void CheckMethod(SyntaxNodeAnalysisContext context)
    {
        var span = context.Node.GetLocation().GetLineSpan();
        var lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
        if (lines > MostMethodLines)
        {
            var name = context.Node is MethodDeclarationSyntax method ? method.Identifier
                : context.Node is ConstructorDeclarationSyntax constructor ? constructor.Identifier
                : ((LocalFunctionStatementSyntax)context.Node).Identifier;
            context.ReportDiagnostic(Diagnostic.Create(MethodRule, name.GetLocation(), name.Text, lines, MostMethodLines));
        }
    }

    private static void CheckFile(SyntaxTreeAnalysisContext context)
    {
        var text = context.Tree.GetText(context.CancellationToken).Lines;
        // What follows the last line break is a line only if there is something.
        var lines = text[text.Count - 1].Span.IsEmpty ? text.Count - 1 : text.Count;
        if (lines > MostFileLines)
        {
            context.ReportDiagnostic(Diagnostic.Create(FileRule, Location.Create(context.Tree, default), lines, MostFileLines));
        }
    }
}
