using Forge.Core.Errors;
using FsCheck;
using FsCheck.Fluent;

namespace Forge.Lab.Tests;

public sealed class LabNamesTests
{
    [Theory]
    [InlineData("web")]
    [InlineData("a-1")]
    public void Plain_names_may_be_used(string name) => Assert.Equal(name, LabNames.RequireLab(name));

    [Fact]
    public void No_name_that_is_accepted_can_leave_the_folder_of_labs_or_look_like_an_option()
    {
        Prop.ForAll<NonNull<string>>(text =>
        {
            string name;
            try
            {
                name = LabNames.RequireLab(text.Get);
            }
            catch (ForgeException exception)
            {
                return exception.Id == "LabNameInvalid";
            }

            return Path.GetFullPath(Path.Combine("/labs", name)) == "/labs/" + name && !name.StartsWith('-');
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("*")]
    [InlineData("tag:web")]
    [InlineData("Web01.example.net")]
    public void What_no_lab_may_be_called_is_simply_not_there(string name) => Assert.False(new LabService(LabOptions.For("/nonexistent", null)).Exists(name));

    [Theory]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("")]
    [InlineData("-f")]
    public void Names_that_mean_something_to_a_tool_are_refused(string name)
    {
        Assert.Throws<ForgeException>(() => LabNames.RequireLab(name));
        Assert.Throws<ForgeException>(() => LabNames.RequireCheckpoint(name));
    }
}
