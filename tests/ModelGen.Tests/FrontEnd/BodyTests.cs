using ModelGen.Specs;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.FrontEnd;

/// <summary>What method bodies are read as. The texts on the right are what <see cref="SpecPrinter"/> makes of the bound form.</summary>
public class BodyTests
{
    /// <summary>A model with layers, a parameter, modules and helpers, around one method body.</summary>
    private static string Model(string body) => $$"""
        namespace Demo;
        [Module] public sealed partial class Block
        {
            [Dense("width")] private partial Tensor Mix(Tensor x);
            [Forward] public Tensor Forward([Shape("batch", "width")] Tensor x) => x + Mix(x);
        }

        public static class Shared { public static Tensor Twice(this Tensor x, double factor = 2) => factor * x; }

        [Model] public sealed partial class Net
        {
            private const int Width = 8;
            [Dense(Width)] private partial Tensor Fc1(Tensor x);
            [Dense(Width)] private partial Tensor Fc2(Tensor x);
            [Parameter(Width)] private partial Tensor Scale { get; }
            [State("batch", Width)] private partial Tensor Level { get; set; }
            private partial Block First { get; }
            [Repeat(3)] private partial Block[] Blocks { get; }
            private (Tensor, Tensor) Halves(Tensor x) => (x[.., ..4], x[.., 4..]);
            private static Tensor Half(Tensor x) => x / 2;
            [Forward] private Tensor Predict([Shape("batch", Width)] Tensor x) { {{body}} }
        }
        """;

    [Theory]
    [InlineData("return Fc2(Relu(Fc1(x)));", "return layer Fc2(x: word Relu(x: layer Fc1(x: x)))")]
    [InlineData("x += 0.5 * Fc1(x); return x;", "x = (x + (0.5f * layer Fc1(x: x)))\nreturn x")]
    [InlineData("x *= 2; return -x;", "x = (x * 2)\nreturn -x")]
    [InlineData("return Softmax(x);", "return word Softmax(x: x)")]
    [InlineData("return Softmax(axis: 0, x: x);", "return word Softmax(axis: 0, x: x)")]
    [InlineData("return Sum(x, new[] { 0, 1 }, keepDims: true);", "return word Sum(x: x, axes: [0, 1], keepDims: true)")]
    [InlineData("return Sum(x, [0, -1]);", "return word Sum(x: x, axes: [0, -1])")]
    [InlineData("return Concat(1, x, Fc1(x));", "return word Concat(axis: 1, tensors: x, tensors: layer Fc1(x: x))")]
    [InlineData("return Reshape(x, x.Shape[0], -1);", "return word Reshape(x: x, shape: size(x, 0), shape: -1)")]
    [InlineData("return Reshape(x, [2, Width / 2]);", "return word Reshape(x: x, shape: 2, shape: 4)")]
    [InlineData("return x / x.Shape[^1];", "return (x / size(x, -1))")]
    [InlineData("return Gelu(x, Approximate.Tanh);", "return word Gelu(x: x, approximate: Approximate.Tanh)")]
    [InlineData("return x * Scale;", "return (x * parameter Scale)")]
    [InlineData("Level = x - Level; return Level;", "this.Level = (x - this.Level)\nreturn this.Level")]
    [InlineData("Level += x; return x;", "this.Level = (this.Level + x)\nreturn x")]
    [InlineData("(Tensor y, this.Level) = (Level, x); return y[.., 0];", "y, this.Level = (this.Level, x)\nreturn y[.., 0]")]
    [InlineData("return First.Forward(x);", "return module (module First).Forward(x: x)")]
    [InlineData("return Blocks[1].Forward(x);", "return module (module Blocks[1]).Forward(x: x)")]
    [InlineData("return Blocks[^1].Forward(x);", "return module (module Blocks[2]).Forward(x: x)")]
    [InlineData("foreach (var block in Blocks) x = block.Forward(x); return x;", "foreach block in Blocks\n  x = module (block).Forward(x: x)\nreturn x")]
    [InlineData("return x[.., 0];", "return x[.., 0]")]
    [InlineData("return x[1..^1, ^2];", "return x[1..^1, ^2]")]
    [InlineData("return x[.., (Width - 2)..];", "return x[.., 6..]")]
    [InlineData("return Half(x);", "return method Half(x: x)")]
    [InlineData("return x.Twice();", "return method Demo.Shared.Twice(x: x, factor: 2f)")]
    [InlineData("return Shared.Twice(x, 0.5);", "return method Demo.Shared.Twice(x: x, factor: 0.5f)")]
    [InlineData("var (a, b) = Halves(x); return a + b;", "a, b = method Halves(x: x)\nreturn (a + b)")]
    [InlineData("Tensor a, b; (a, b) = (x, Fc1(x)); (a, b) = (b, a); return a;", "a, b = (x, layer Fc1(x: x))\na, b = (b, a)\nreturn a")]
    [InlineData("var (a, _) = Halves(x); return a;", "a, _ = method Halves(x: x)\nreturn a")]
    [InlineData("var halves = Halves(x); return halves.Item2;", "halves = method Halves(x: x)\nreturn halves.item1")]
    [InlineData("(Tensor left, Tensor right) p = Halves(x); return p.right;", "p = method Halves(x: x)\nreturn p.item1")]
    [InlineData("if (Training) x = Fc1(x); else { x = Fc2(x); } return x;", "if training\n  x = layer Fc1(x: x)\nelse\n  x = layer Fc2(x: x)\nreturn x")]
    [InlineData("return Width > 4 && !Training ? Fc1(x) : x;", "return ((true && !training) ? layer Fc1(x: x) : x)")]
    [InlineData("const int n = Width * 2; return x * n;", "return (x * 16)")]
    [InlineData("double scale = 1 / System.Math.Sqrt(4 * 4); return x * scale;", "scale = 0.25f\nreturn (x * scale)")]
    [InlineData("int n = x.Shape[0]; return x / n;", "n = size(x, 0)\nreturn (x / n)")]
    [InlineData("; { } return (x);", "return x")]
    [InlineData("return Where(Greater(x, 0), x, 0.1 * x);", "return word Where(condition: word Greater(a: x, b: 0), a: x, b: (0.1f * x))")]
    [InlineData("return Scan(x, 3, h => Fc1(h));", "return word Scan(first: x, count: 3, step: (h) => { return layer Fc1(x: h) })")]
    [InlineData("Tensor F(Tensor h, Tensor e) => h + e; return Scan(x[0], x, F, axis: 0);", "return word Scan(first: x[0], sequence: x, step: (h, e) => { return (h + e) }, axis: 0)")]
    [InlineData("return Scan(x[0], x, (h, x) => { var y = h + x; return y; }, 0);", "return word Scan(first: x[0], sequence: x, step: (h, x') => { y = (h + x'); return y }, axis: 0)")]
    [InlineData("var ((a, b), c) = Scan((x, x), 2, s => ((s.Item2, s.Item1), x)); return a + b + c;", "(a, b), c = word Scan(first: (x, x), count: 2, step: (s) => { return ((s.item1, s.item0), x) })\na, b = (a, b)\nreturn ((a + b) + c)")]
    public void Binds(string body, string expected)
    {
        Assert.Equal(expected, SpecReader.Body(Model(body)));
        Assert.All(SpecReader.Read(Model(body)).Diagnostics, diagnostic => Assert.Equal("MG0006", diagnostic.Id));
    }

    [Theory]
    [InlineData("int i = 0; i < 4; i++", "0 step 1 times 4")]
    [InlineData("int i = 1; i <= 4; ++i", "1 step 1 times 4")]
    [InlineData("int i = 3; i >= 0; i--", "3 step -1 times 4")]
    [InlineData("int i = 0; i < 7; i += 2", "0 step 2 times 4")]
    [InlineData("int i = 7; i > 0; i -= 3", "7 step -3 times 3")]
    [InlineData("int i = 0; 4 > i; i = i + 1", "0 step 1 times 4")]
    [InlineData("int i = 0; i != 6; i += 3", "0 step 3 times 2")]
    [InlineData("int i = 0; i < Width - 1; i++", "0 step 1 times 7")]
    [InlineData("int i = 0; i < Blocks.Length; i++", "0 step 1 times 3")]
    [InlineData("int i = Blocks.Length - 1; i >= 0; i--", "2 step -1 times 3")]
    public void CountsRounds(string header, string expected) => Assert.Equal(
        $"for i from {expected}\n  x = (x * i)\nreturn x",
        SpecReader.Body(Model($"for ({header}) x *= i; return x;")));

    [Fact]
    public void LoopsThatNeverStartAreLeftOut() => Assert.Equal("return x", SpecReader.Body(Model("for (int i = 4; i < 4; i++) x = Fc1(x); return x;")));

    [Fact]
    public void TextsAreTheUsersOwnOnOneLine()
    {
        string source = Model("return Fc1( // the first\n   x )   +  1;");
        var result = Assert.IsType<ModelGen.Specs.ReturnStatement>(Assert.Single(SpecReader.Read(source).Spec.Methods[0].Body));
        Assert.Equal("Fc1( x ) + 1", result.Value.Text);
    }
}
