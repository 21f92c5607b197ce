using System.Text;
using Forge.Targets.Scripts;
using FsCheck;
using FsCheck.Fluent;

namespace Forge.Targets.Tests.Scripts;

public sealed class TrailerReaderTests
{
    private const string Nonce = "forge0123";

    [Fact]
    public void However_the_bytes_are_cut_the_trailer_is_found_and_the_rest_is_the_scripts() =>
        Prop.ForAll<byte[], byte, PositiveInt>((body, status, piece) =>
        {
            byte[] all = [.. body, .. Encoding.ASCII.GetBytes($"{Nonce} {status}\nafterwards")];
            var sink = new BoundedSink(int.MaxValue);
            var seen = new TrailerReader(Nonce, sink).Read(new Pieces(all, (piece.Get % 7) + 1));
            return seen == status && sink.Text() == Encoding.UTF8.GetString(body) && sink.Dropped == 0;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("output")]
    [InlineData("forge0123")]
    [InlineData("forge0123 ")]
    [InlineData("forge0123 12")]
    [InlineData("forge0123 twelve\nforge012")]
    public void Without_a_trailer_there_is_no_status(string text)
    {
        var sink = new BoundedSink(1000);
        Assert.Null(new TrailerReader(Nonce, sink).Read(new Pieces(Encoding.UTF8.GetBytes(text), 3)));
        Assert.Equal(text, sink.Text());
    }

    /// <summary>Gives a few bytes at a time, as a slow connection does.</summary>
    private sealed class Pieces(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, size));
    }
}
