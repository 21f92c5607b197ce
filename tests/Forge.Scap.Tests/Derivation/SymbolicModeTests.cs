using Forge.Scap.Derivation;

namespace Forge.Scap.Tests.Derivation;

public sealed class SymbolicModeTests
{
    [Theory]
    [InlineData("u-xs,g-xwrs,o-xwrt", "0600")]
    [InlineData("u-xs,g-xws,o-xwt", "0644")]
    [InlineData("u-xwrs,g-xwrs,o-xwrt", "0000")]
    [InlineData("u-s,g-xwrs,o-xwrt", "0700")]
    [InlineData("u-s,g-ws,o-wt", "0755")]
    [InlineData("u-x,g-wx,o-rwx", "0640")]
    [InlineData("u=rw,g=r,o=", "0640")]
    [InlineData("a=rx", "0555")]
    [InlineData("0600", "0600")]
    [InlineData("640", "0640")]
    [InlineData("1777", "1777")]
    public void A_mode_is_what_is_left(string written, string octal) => Assert.Equal(octal, SymbolicMode.Octal(written));

    [Theory]
    [InlineData("g-w")]
    [InlineData("g-w,o-rwx")]
    [InlineData("u+x,g-x,o-x")]
    [InlineData("u-q,g-x,o-x")]
    [InlineData("z-x,g-x,o-x,u-x")]
    [InlineData("0899")]
    [InlineData("07777")]
    [InlineData("")]
    public void What_keeps_the_machines_mode_is_none(string written) => Assert.Null(SymbolicMode.Octal(written));
}
