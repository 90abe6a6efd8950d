using System.Linq;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>Integers that do not lie side by side: columns, read by a vector kernel.</summary>
[OnEveryDevice]
public sealed class StridedIntegerTests
{
    private const int Rows = 37;

    [Theory]
    [InlineData("Tensor<int>", "ids[.., 1]", 1)]
    [InlineData("Tensor", "Gather(a, 0, ids[.., ..2])[.., 1]", 1)]
    [InlineData("Tensor", "IndexSelect(list, 0, ids[.., 2])", 2)]
    public void AColumnIsRead(string type, string expression, int column)
    {
        string source = $$"""
            [Model] public sealed partial class Net
            {
                [Forward] private {{type}} Predict([Shape("rows", 3)] Tensor<int> ids, [Shape(3, 3)] Tensor a, [Shape(3)] Tensor list) => {{expression}};
            }
            """;
        int[,] ids = new int[Rows, 3];
        for (int row = 0; row < Rows; row++)
        {
            (ids[row, 0], ids[row, 1], ids[row, 2]) = (row % 2, (row + 1) % 3, (row * 2) % 3);
        }

        float[,] a = { { 0, 0, 0 }, { 1, 1, 1 }, { 2, 2, 2 } };
        float[] list = [0, 1, 2];
        float[] read = Called.With(CompiledModels.Compile(source), ids, a, list);
        Assert.Equal([.. Enumerable.Range(0, Rows).Select(row => (float)ids[row, column])], read);
    }

    [Fact]
    public void AColumnOfPositionsIsRead()
    {
        float[,,] x = new float[Rows, 5, 7];
        for (int row = 0; row < Rows; row++)
        {
            x[row, 0, row % 7] = 1;
        }

        float[] read = Called.With(CompiledModels.Compile("[Model] public sealed partial class Net { [Forward] private Tensor<int> Predict([Shape(\"rows\", 5, 7)] Tensor x) => ArgMax(x, -1)[.., 0]; }"), x);
        Assert.Equal([.. Enumerable.Range(0, Rows).Select(row => row % 7f)], read);
    }

    [Fact]
    public void AColumnOfMatricesIsAnIndex()
    {
        const string source = """
            [Model] public sealed partial class Net
            {
                [Forward] private Tensor Predict([Shape(2, 7)] Tensor a, [Shape(3, 7, 2)] Tensor<int> ids) => Gather(a, 0, ids[.., .., 0]);
            }
            """;
        float[,] a = new float[2, 7];
        int[,,] ids = new int[3, 7, 2];
        for (int column = 0; column < 7; column++)
        {
            (a[0, column], a[1, column]) = (column, 10 + column);
            for (int row = 0; row < 3; row++)
            {
                ids[row, column, 0] = (row + column) % 2;
            }
        }

        Assert.Equal([.. from row in Enumerable.Range(0, 3) from column in Enumerable.Range(0, 7) select a[(row + column) % 2, column]], Called.With(CompiledModels.Compile(source), a, ids));
    }

    [Fact]
    public void AColumnBeforeALoopIsReadInIt()
    {
        const string source = """
            [Model] public sealed partial class Net
            {
                [Forward] private Tensor Predict([Shape(3)] Tensor list, [Shape("rows", 2)] Tensor<int> ids)
                {
                    Tensor<int> first = ids[.., 1];
                    Tensor sum = 0 * IndexSelect(list, 0, first);
                    for (int i = 0; i < 3; i++) sum = sum + IndexSelect(list, 0, first);
                    return sum;
                }
            }
            """;
        Assert.Equal([6f, 0f, 3f], Called.With(CompiledModels.Compile(source), new float[] { 0, 1, 2 }, new int[,] { { 0, 2 }, { 1, 0 }, { 0, 1 } }));
    }
}
