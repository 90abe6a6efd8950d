using System.IO;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Models.Tests.Compiling;

public sealed class SmokeTests(ITestOutputHelper output)
{
    [Fact]
    public void MlpCompiles()
    {
        const string source = """
            [Model, Input("batch", 784)]
            [Dense(128), Relu, Dropout(0.1), Dense(10)]
            [SoftmaxCrossEntropy]
            public sealed partial class DigitStack;
            """;
        var generated = CompiledModels.Generate(source, trace: true);
        foreach (var file in generated.Files)
        {
            output.WriteLine("==== " + file.Name);
            output.WriteLine(file.Text);
            Directory.CreateDirectory("/tmp/gen");
            File.WriteAllText("/tmp/gen/" + file.Name, file.Text);
        }

        output.WriteLine(string.Join("\n", generated.Reported));
        CompiledModels.Compile(source);
    }
}
