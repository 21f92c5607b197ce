using Forge.Core.Operations;

namespace Forge.Core.Tests.Operations;

public class OperationIdTests
{
    [Fact]
    public void The_same_change_has_the_same_name_and_any_other_another()
    {
        var id = OperationId.Of("run", "web", "item", 1, "apply", "x"u8);

        Assert.Equal(id, OperationId.Of("run", "web", "item", 1, "apply", "x"u8));
        Assert.NotEqual(id, OperationId.Of("run", "web", "item", 2, "apply", "x"u8));
        Assert.NotEqual(id, OperationId.Of("run", "web", "item", 1, "apply", "y"u8));
        Assert.NotEqual(OperationId.Of("ru", "nweb", "item", 1, "apply", "x"u8), OperationId.Of("run", "web", "item", 1, "apply", "x"u8));
    }
}
