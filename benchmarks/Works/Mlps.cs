namespace ModelGen.Benchmarks.Works;

/// <summary>A small network: a step of it is as much overhead as work.</summary>
[Model, Input("batch", 784)]
[Dense(128), Relu, Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class Mlp;

/// <summary>A network whose steps are products of matrices above all.</summary>
[Model, Input("batch", 784)]
[Dense(1024), Relu, Dense(1024), Relu, Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class WideMlp;

/// <summary>Parameters to update, ten million of them.</summary>
[Model, Input("batch", 3124)]
[Dense(3200)]
[Mse]
public sealed partial class TenMillion;
