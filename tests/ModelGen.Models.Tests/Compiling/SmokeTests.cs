using System.IO;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Models.Tests.Compiling;

public sealed class SmokeTests(ITestOutputHelper output)
{
    [Fact]
    public void BlocksCompile()
    {
        const string source = """
            [Module]
            public sealed partial class Block
            {
                [LayerNorm] private partial Tensor Norm(Tensor x);
                [Dense("4*width")] private partial Tensor Expand(Tensor x);
                [Dense("width")] private partial Tensor Contract(Tensor x);
                [Dropout(0.1)] private partial Tensor Drop(Tensor x);

                [Forward]
                public Tensor Forward([Shape("batch", "width")] Tensor x) => x + Drop(Contract(Gelu(Expand(Norm(x)))));
            }

            [Model]
            public sealed partial class Tower
            {
                [Dense(24)] private partial Tensor Embed(Tensor x);
                [Repeat(3)] private partial Block[] Blocks { get; }
                [Dense(5)] private partial Tensor Head(Tensor x);

                [Forward]
                private Tensor Predict([Shape("batch", 7)] Tensor x)
                {
                    x = Embed(x);
                    foreach (var block in Blocks) x = block.Forward(x);
                    return Head(x);
                }

                [Loss]
                private Tensor Loss(Tensor predict, [Shape("batch")] Tensor<int> target) => SoftmaxCrossEntropy(predict, target);
            }
            """;
        var generated = CompiledModels.Generate(source, trace: true);
        Directory.CreateDirectory("/tmp/gen");
        foreach (var file in generated.Files)
        {
            File.WriteAllText("/tmp/gen/" + file.Name, file.Text);
        }

        output.WriteLine(string.Join("\n", generated.Reported));
        CompiledModels.Compile(source);
    }
}
