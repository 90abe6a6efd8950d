using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ModelGen.Graphs;
using ModelGen.Schedule;
using ModelGen.Specs;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.Passes;

/// <summary>Where a loss works on blocks of rows, and what is then in memory.</summary>
public class LinearCrossEntropyTests
{
    private const string Layers = "[Dense(64, Activation = Activation.Tanh)] private partial Tensor Hidden(Tensor x); [Dense(1024)] private partial Tensor Scores(Tensor x);";

    [Fact]
    public void NothingInATrainingStepsMemoryHasARowOfScoresForEachRow()
    {
        ModelPlan plan = Plan("[Forward] private Tensor Predict([Shape(\"batch\", \"time\", 8)] Tensor x) => Scores(Hidden(x));");
        Program training = plan.Programs.Single(program => program.IsTraining);
        long Length(Storage storage) => storage.Length.Evaluate(_ => 1000);
        Assert.All(training.Storages, storage => Assert.InRange(Length(storage), 0, 1000L * 1000 * 64));
        Assert.Contains(plan.Programs.Single(program => program.Name == "Predict").Storages, storage => Length(storage) == 1000L * 1000 * 1024);
    }

    [Theory]
    [InlineData("SoftmaxCrossEntropy(Scores(Hidden(x)), t)")]
    [InlineData("SoftmaxCrossEntropy(Scores(Hidden(x)), t, ignoreIndex: -100) * 3")]
    [InlineData("SoftmaxCrossEntropy(Scores(Hidden(x)), t, labelSmoothing: 0.1f)")]
    [InlineData("SoftmaxCrossEntropy(Reshape(Scores(Hidden(x[.., 0..1])), -1, 1024), t[.., 0])")]
    [InlineData("SoftmaxCrossEntropy(Scores(Hidden(x))[.., 0] * 1, t[.., 0])", false)]
    [InlineData("SoftmaxCrossEntropy(Scores(Hidden(x)), t, Ones)", false)]
    [InlineData("SoftmaxCrossEntropy(Tanh(Scores(Hidden(x))), t)", false)]
    [InlineData("SoftmaxCrossEntropy(Scores(Hidden(x)), t) + 0.01f * Mean(Square(Scores(Hidden(x))))", false)]
    [InlineData("SoftmaxCrossEntropy(Scores(Hidden(x)), t) + SoftmaxCrossEntropy(Scores(Hidden(-x)), t)")]
    [InlineData("Twice(Scores(Hidden(x)), t)", false)]
    [InlineData("SoftmaxCrossEntropy(Few(Hidden(x)), t)", false)]
    [InlineData("SoftmaxCrossEntropy(MatMul(Hidden(x), Transpose(Table, 0, 1)), t)")]
    [InlineData("SoftmaxCrossEntropy(Bias + MatMul(Hidden(x), Transpose(Table, 0, 1)), t)")]
    [InlineData("SoftmaxCrossEntropy(MatMul(Hidden(x), Transpose(Table, 0, 1)) + Square(x[.., .., 0..1]), t)", false)]
    public void ALossWorksOnBlocksWhereNothingElseReadsTheScores(string loss, bool inBlocks = true)
    {
        ModelPlan plan = Plan(string.Empty, loss, """
            [Dense(1023)] private partial Tensor Few(Tensor x);
            [Parameter(1024)] private partial Tensor Ones { get; }
            [Parameter(1024)] private partial Tensor Bias { get; }
            [Parameter(1024, 64)] private partial Tensor Table { get; }
            private static Tensor Twice(Tensor scores, Tensor<int> t) => SoftmaxCrossEntropy(scores, t) + Mean(scores);
            """);
        Assert.Equal(inBlocks, Templates(plan, training: true).Contains("Losses.LinearCrossEntropyGradients"));
    }

    /// <summary>Evaluation returns the scores of a loss that classifies; other losses have no use for them.</summary>
    [Theory]
    [InlineData("SoftmaxCrossEntropy(Scores(Hidden(x)), t)", false)]
    [InlineData("SoftmaxCrossEntropy(Scores(Hidden(x)), t[.., ..])", true)]
    public void SoDoesEvaluationUnlessItReturnsThem(string loss, bool inBlocks) =>
        Assert.Equal(inBlocks, Templates(Plan(string.Empty, loss), training: false).Contains("Losses.LinearCrossEntropy"));

    /// <summary>Only what is trained is calculated.</summary>
    [Fact]
    public void WhatNobodyNeedsHasNoMemory()
    {
        TemplateKernel kernel = Kernel("""
            [Model] public sealed partial class Net
            {
                [Dense(2000, Bias = false)] private partial Tensor Scores(Tensor x);
                [Loss] private Tensor Loss([Shape("batch", 8)] Tensor x, [Shape("batch")] Tensor<int> t) => SoftmaxCrossEntropy(Scores(x), t);
            }
            """);
        Assert.Equal([true, false, true, false], kernel.Results.Select(operand => operand >= 0));
    }

    private static TemplateKernel Kernel(string source) => PlanOf(source).Kernels.OfType<TemplateKernel>().Single(kernel => kernel.Template == "Losses.LinearCrossEntropyGradients");

    private static IEnumerable<string> Templates(ModelPlan plan, bool training) =>
        plan.Programs.Where(program => program.IsTraining == training).SelectMany(program => program.Steps.OfType<KernelStep>()).Select(step => step.Kernel).OfType<TemplateKernel>().Select(kernel => kernel.Template);

    private static ModelPlan Plan(string forward, string loss = "SoftmaxCrossEntropy(Scores(Hidden(x)), t)", string members = "") => PlanOf($$"""
        [Model] public sealed partial class Net
        {
            {{Layers}}
            {{forward}}
            {{members}}
            [Loss] private Tensor Loss([Shape("batch", "time", 8)] Tensor x, [Shape("batch", "time")] Tensor<int> t) => {{loss}};
        }
        """);

    private static ModelPlan PlanOf(string source)
    {
        Trace none = new(isOn: false, verifies: true);
        ModelSpec spec = SpecReader.Read(source).Spec;
        ModelAnalysis analysis = ModelAnalysis.Run(spec, none, CancellationToken.None);
        Assert.Empty(analysis.Diagnostics);
        return Compiler.Plan(spec.Type, analysis, verify: true, none, CancellationToken.None);
    }
}
