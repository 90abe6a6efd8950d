using ModelGen;
using static ModelGen.Functional;

namespace Consumer;

/// <summary>A stack.</summary>
[Model, Input("batch", 2)]
[Dense(1)]
[Mse]
public sealed partial class Line;

/// <summary>A network with enough work to be timed, elementwise parts included.</summary>
[Model]
public sealed partial class Wide
{
    [Dense(128)] private partial Tensor Enter(Tensor x);
    [LayerNorm] private partial Tensor Norm(Tensor x);
    [Dense(10)] private partial Tensor Leave(Tensor x);

    [Forward]
    private Tensor Predict([Shape("batch", 256)] Tensor x)
    {
        Tensor hidden = Gelu(Enter(x));
        return Leave(Norm(hidden + Tanh(hidden)));
    }

    [Loss]
    private Tensor Loss(Tensor predict, [Shape("batch")] Tensor<int> target) => SoftmaxCrossEntropy(predict, target);
}
