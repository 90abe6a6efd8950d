using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.Snapshots;

/// <summary>The code generated for six small models, file by file.</summary>
public class SnapshotTests
{
    [Fact]
    public Task DigitStack() => Verify(SnapshotModels.Stack);

    [Fact]
    public Task Tower() => Verify(SnapshotModels.Residual);

    [Fact]
    public Task Compressor() => Verify(SnapshotModels.Several);

    [Fact]
    public Task Attention() => Verify(SnapshotModels.Sequence);

    [Fact]
    public Task Prototypes() => Verify(SnapshotModels.Binary);

    [Fact]
    public Task Follower() => Verify(SnapshotModels.Carried);

    [Fact]
    public Task Listener() => Verify(SnapshotModels.Recurrence);

    private static Task Verify(string source, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        Built built = Build.Run(source);
        Assert.Empty(built.Reported);
        return Verifier.Verify(built.Result.GeneratedTrees.Select(tree => (System.IO.Path.GetFileNameWithoutExtension(tree.FilePath).Replace("X.System.", ""), tree.ToString())), method: method);
    }
}
