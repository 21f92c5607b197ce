using System.Management.Automation;
using Forge.Host.Output.Views;
using Forge.Host.Terminal;
using Forge.Host.Tests.Samples;

namespace Forge.Host.Tests;

public sealed class TerminalOutputTests : IDisposable
{
    private readonly string _format = Path.Combine(Path.GetTempPath(), $"forge-{Guid.NewGuid():N}.ps1xml");

    public void Dispose() => File.Delete(_format);

    [Fact]
    public void A_person_sees_the_columns_of_the_format_file()
    {
        File.WriteAllText(_format, """
            <Configuration><ViewDefinitions><View>
              <Name>Finding</Name>
              <ViewSelectedBy><TypeName>Forge.Samples.SampleFinding</TypeName></ViewSelectedBy>
              <TableControl>
                <TableHeaders>
                  <TableColumnHeader><Label>Item</Label></TableColumnHeader>
                  <TableColumnHeader><Label>Time</Label><Width>8</Width><Alignment>Right</Alignment></TableColumnHeader>
                  <TableColumnHeader><Label>Why</Label></TableColumnHeader>
                </TableHeaders>
                <TableRowEntries><TableRowEntry><TableColumnItems>
                  <TableColumnItem><PropertyName>Id</PropertyName></TableColumnItem>
                  <TableColumnItem><PropertyName>Took</PropertyName><FormatString>{0:m\:ss}</FormatString></TableColumnItem>
                  <TableColumnItem><PropertyName>References</PropertyName></TableColumnItem>
                </TableColumnItems></TableRowEntry></TableRowEntries>
              </TableControl>
            </View></ViewDefinitions></Configuration>
            """);
        var run = new HostRun { OnTerminal = true, FormatPath = _format };
        Assert.Equal(0, run.Host.Run(["Get-SampleFinding", "web01", "-Count", "2", "-Budget", "90s"]));
        Assert.Equal(
            """

            Item       Time  Why
            rule0      1:30  {Target}
            rule1      1:30  {Target}

            """.TrimStart('\n').ReplaceLineEndings("\n"),
            run.Out.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Without_a_view_few_properties_are_a_table_and_many_a_list()
    {
        var list = new HostRun { OnTerminal = true };
        Assert.Equal(0, list.Host.Run(["Get-SampleFinding", "web01"]));
        Assert.Contains("Id         : rule0\n", list.Out, StringComparison.Ordinal);
        var table = new HostRun { OnTerminal = true, Input = """{"Id":"r","Target":"t"}""" };
        Assert.Equal(0, table.Host.Run(["Invoke-SampleTask", "-Confirm:false"]));
        Assert.StartsWith("Item  Outcome                  Seconds\nr     remediated Low 00:00:00     1.25\n", table.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_format_file_that_the_console_host_cannot_show_is_refused()
    {
        File.WriteAllText(_format, """
            <Configuration><ViewDefinitions><View><Name>X</Name><ViewSelectedBy><TypeName>X</TypeName></ViewSelectedBy><ListControl><ListEntries><ListEntry><ListItems>
            <ListItem><Label>A</Label><ScriptBlock>$_.A.ToUpper()</ScriptBlock></ListItem></ListItems></ListEntry></ListEntries></ListControl></View></ViewDefinitions></Configuration>
            """);
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => FormatCatalog.Load(_format));
        Assert.Contains("line 2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_one_line_that_fits()
    {
        var run = new ProgressRecord(1, "practice · stig", "97/134") { PercentComplete = 72, CurrentOperation = "fixed 92", SecondsRemaining = 1550 };
        var host = new ProgressRecord(2, "web01", "sshd_set_max_auth_tries") { ParentActivityId = 1 };
        Assert.Equal(
            "practice · stig   [##############------]  97/134   fixed 92   left 25:50 · web01: sshd_set_max_auth_tries",
            ProgressText.Line([host, run], 200));
        Assert.Equal(40, ProgressText.Line([host, run], 40).Length);
        Assert.Equal("", ProgressText.Line([], 40));
    }
}
