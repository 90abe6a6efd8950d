using System.IO;
using System.Linq;
using ModelGen.Ops;
using ModelGen.Tests.Architecture;
using Xunit;

namespace ModelGen.Tests.Documentation;

/// <summary>Keeps <c>docs/operations.md</c> what the op definitions say. On a difference the page as it should be is written beside it as <c>operations.received.md</c>.</summary>
public sealed class OperationsPageTests
{
    [Fact]
    public void ThePageSaysWhatTheOpsAre()
    {
        string path = Path.Combine(Sources.Root, "docs", "operations.md"), received = Path.ChangeExtension(path, ".received.md");
        string actual = OperationsPage.Write();
        bool isSame = File.Exists(path) && File.ReadAllText(path) == actual;
        if (!isSame)
        {
            File.WriteAllText(received, actual);
        }

        Assert.True(isSame, $"docs/operations.md differs from the op definitions; see {received}.");
        Assert.All(OpCatalog.Ops.Select(op => op.Name), name => Assert.Contains($"| `{name}` | ", actual, System.StringComparison.Ordinal));
        Assert.DoesNotMatch(@"\| `\w+` \|  \|", actual);
    }
}
