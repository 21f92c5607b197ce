namespace Forge.Store.Reports;

/// <summary>Form of a report.</summary>
public enum ReportFormat
{
    /// <summary>One self-contained page for people; no script, light and dark, printable.</summary>
    Html,

    /// <summary>The figures with the field names of <c>out/demo/result.json</c>, and more.</summary>
    Json,

    /// <summary>A short text for tickets and chats.</summary>
    Markdown,
}
