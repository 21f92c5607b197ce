using System.Text;
using Forge.Core.Errors;
using Forge.Core.Journal;

namespace Forge.Store.Reports;

/// <summary>Excerpts of blobs for a page, bounded each and in all, so that the page of a long night still opens.</summary>
internal sealed class BlobExcerpts(IBlobStore blobs, HostText hostText)
{
    private const int EachLimit = 24_000;
    private const int AllLimit = 24_000_000;

    private int _left = AllLimit;

    /// <summary>The text of a blob; in its place what is wrong with it, or that there was no more room.</summary>
    public async Task<string> OfAsync(string digest, CancellationToken cancellationToken)
    {
        if (_left <= 0)
        {
            return $"(not shown, this page is long already: blobs/{digest[..2]}/{digest})";
        }

        try
        {
            var bytes = await blobs.GetAsync(digest, cancellationToken).ConfigureAwait(false);

            // Four bytes a character at most, and room for what will be taken out.
            var text = hostText.Block(Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, EachLimit * 8))), EachLimit);
            _left -= text.Length;
            return text;
        }
        catch (ForgeException e) when (e.Id is "BlobNotFound" or "BlobDamaged")
        {
            return $"({e.Message})";
        }
    }
}
