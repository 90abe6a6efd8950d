using System.Linq;
using ModelGen.FrontEnd;
using ModelGen.Specs;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.FrontEnd;

/// <summary>What declarations are read as.</summary>
public class SpecTests
{
    [Fact]
    public void AStackIsReadAsWhatTheFullFormWouldSay()
    {
        ModelSpec spec = SpecReader.Read("""
            namespace Demo;
            [Model, Input("batch", 784)]
            [Dense(128), Relu, Dropout(0.1), Dense(10, Bias = false)]
            [SoftmaxCrossEntropy]
            public sealed partial class Digits;
            """).Spec;
        Assert.True(spec.IsStack);
        Assert.Equal(["Dense1", "Relu1", "Dropout1", "Dense2"], spec.Layers.Select(layer => layer.Name));
        Assert.Equal("width: 10, Bias: false", Arguments(spec.Layers[3]));
        Assert.Equal(
            """
            dense1 = layer Dense1(x: input)
            relu1 = layer Relu1(x: dense1)
            dropout1 = layer Dropout1(x: relu1)
            return layer Dense2(x: dropout1)
            """,
            SpecPrinter.Of(spec.Methods[0].Body));
        Assert.Equal(["batch", "784"], spec.Methods[0].Inputs[0].Dims!.Value.Select(dim => dim.Text));
        Assert.Equal("return word SoftmaxCrossEntropy(logits: predict, target: target)", SpecPrinter.Of(spec.Methods[1].Body));
        Assert.Equal(["Predict", null], spec.Methods[1].Inputs.Select(input => input.Forward));
        Assert.Equal([null, "SoftmaxCrossEntropy"], spec.Methods[1].Inputs.Select(input => input.TargetOf));
        Assert.Equal([TensorType.Float, TensorType.Int], spec.Methods[1].Inputs.Select(input => input.Type));
    }

    [Fact]
    public void AModelHoldsAllModulesThatItUsesEachOnce()
    {
        ModelSpec spec = SpecReader.Read("""
            namespace Demo;
            public partial class Parts
            {
                [Module] public sealed partial class Inner
                {
                    [Dense("4*width")] private partial Tensor Mix(Tensor x);
                    [Forward] public Tensor Forward([Shape("batch", "width")] Tensor x) => Mix(x);
                }
            }

            [Module] public sealed partial class Outer
            {
                private partial Parts.Inner A { get; }
                private partial Parts.Inner B { get; }
                [Forward] public Tensor Forward([Shape("batch", "width")] Tensor x) => A.Forward(B.Forward(x));
            }

            [Model] public sealed partial class Net
            {
                [Repeat(3)] private partial Outer[] Blocks { get; }
                private partial Parts.Inner Last { get; }
                [Forward] private Tensor Predict([Shape("batch", 8)] Tensor x) { foreach (var block in Blocks) x = block.Forward(x); return Last.Forward(x); }
            }
            """).Spec;
        Assert.False(spec.HasErrors);
        Assert.Equal(["Demo.Outer", "Demo.Parts.Inner"], spec.Modules.Select(module => module.Key));
        Assert.All(spec.Modules, module => Assert.Empty(module.Modules));
        Assert.Equal(["Blocks Demo.Outer 3", "Last Demo.Parts.Inner "], spec.Children.Select(child => $"{child.Name} {child.Module} {child.Repeat}"));
        Assert.Equal("private partial global::Demo.Outer[] Blocks", spec.Children[0].Signature);
    }

    [Fact]
    public void DeclarationsAreRepeatedWithFullNames()
    {
        ModelSpec spec = SpecReader.Read("""
            namespace Demo.@event;
            internal static partial class Outer
            {
                [Model] private sealed partial class @class
                {
                    [Dense(width: 4, InitScale = 0.5, Init = Init.KaimingNormal)] protected internal partial Tensor Fc1(Tensor @in);
                    [Parameter("2*3", 4)] private partial Tensor Scale { get; }
                    [Forward] internal static (Tensor mean, Tensor) Predict([Shape("batch")] Tensor<int> words) => throw null!;
                    [Loss(Trains = "Fc1")] private Tensor L([Shape(4)] Tensor x) => Sum(Fc1(x) * Scale);
                }
            }
            """).Spec;
        Assert.Equal(
            new TypeSpec(
                "Demo.@event",
                "@class",
                "private sealed partial class",
                ["internal static partial class Outer"],
                "private",
                spec.Type.Place),
            spec.Type);
        Assert.Equal("protected internal partial global::ModelGen.Tensor Fc1(global::ModelGen.Tensor @in)", spec.Layers[0].Signature);
        Assert.Equal("width: 4, InitScale: 0.5f, Init: Init.KaimingNormal", Arguments(spec.Layers[0]));
        Assert.Equal("private partial global::ModelGen.Tensor Scale", spec.Parameters[0].Signature);
        Assert.Equal(["2*3", "4"], spec.Parameters[0].Dims.Select(dim => dim.Text));
        Assert.Equal("(global::ModelGen.Tensor mean, global::ModelGen.Tensor)", spec.Methods[0].ReturnType);
        Assert.Equal(["mean", ""], spec.Methods[0].ResultNames);
        Assert.True(spec.Methods[0].IsStatic);
        Assert.Equal(2, spec.Methods[0].Results);
        Assert.Equal("Fc1", spec.Methods[1].Trains);
    }

    [Fact]
    public void HelpersAreReadOnceUnderTheirFullName()
    {
        ModelSpec spec = SpecReader.Read("""
            namespace Demo;
            public static class Shared
            {
                public static Tensor Twice(Tensor x) => Scale(x, 2);
                public static Tensor Scale(Tensor x, int factor) => factor * x;
                public static Tensor Scale(Tensor x, double factor) => factor * x;
            }

            [Model] public sealed partial class Net
            {
                [Forward] private Tensor Predict([Shape(4)] Tensor x) => Own(Shared.Twice(Shared.Scale(x, 0.5)));
                [Forward] private Tensor Again([Shape(4)] Tensor x) => Own(Predict(x));
                private Tensor Own(Tensor x) => Shared.Twice(x);
            }
            """).Spec;
        Assert.False(spec.HasErrors);
        Assert.Equal(
            ["Predict", "Again", "Own", "Demo.Shared.Twice", "Demo.Shared.Scale#2", "Demo.Shared.Scale"],
            spec.Methods.Select(method => method.Key));
        Assert.Equal([TensorType.Float, TensorType.Constant], spec.Methods[4].Inputs.Select(input => input.Type));
        Assert.Equal("return method Own(x: method Predict(x: x))", SpecPrinter.Of(spec.Methods[1].Body));
    }

    [Fact]
    public void PlacesPointToTheUsersText()
    {
        const string Source = "[Model, Input(\"batch\", 4)] [Dense(8), Relu] public sealed partial class Net;";
        ModelReading reading = SpecReader.Read(Source);
        Assert.Equal(
            ["Net", "Dense(8)", "Relu", "4"],
            new[] { reading.Spec.Type.Place, reading.Spec.Layers[0].Place, reading.Spec.Layers[1].Place, reading.Spec.Methods[0].Inputs[0].Dims!.Value[1].Place }
                .Select(place => reading.Places[place])
                .Select(place => (Build.Usings + Source).Substring(place.Start, place.Length)));
    }

    private static string Arguments(LayerSpec layer) =>
        string.Join(", ", layer.Arguments.Select(argument => argument.Name + ": " + SpecPrinter.Of(argument.Value)));
}
