using ModelGen.Entries;
using static ModelGen.Functional;

namespace ModelGen.Runtime.Tests.Eager;

/// <summary>Written by hand as the build would write it.</summary>
/// <remarks><c>Fc1</c> is a Dense(3), each of two <c>Blocks</c> has a LayerNorm and a dropout, <c>Out</c> has no bias.</remarks>
internal sealed class SmallModel : Model
{
    private static readonly ModelDescription Layout = new(
        "SmallModel",
        "",
        35,
        [
            new("Fc1.weight", [], [3, 2], 0, new(InitializerKind.Uniform, 0.7)),
            new("Fc1.bias", [], [3], 6, new(InitializerKind.Uniform, 0.7)),
            new("Blocks.*.Norm.weight", [2], [3], 9, new(InitializerKind.Constant, 1)),
            new("Blocks.*.Norm.bias", [2], [3], 15, new(InitializerKind.Constant, 0)),
            new("Out.weight", [], [1, 3], 21, new(InitializerKind.Normal, 0.5)),
        ],
        []);

    private readonly EagerScope scope;

    public SmallModel(ulong seed = 1)
        : base(Device.Cpu, Layout, seed)
    {
        scope = new EagerScope(this);
    }

    public Reading Eager => new(this, default);

    public Reading EagerIn(EagerMode mode) => new(this, mode);

    private Tensor Fc1(Tensor x) => EagerLayers.Dense(scope.Child("Fc1"), x, Activation.Tanh);

    private Tensor Norm(int block, Tensor x) => EagerLayers.LayerNorm(scope.Child("Blocks", block).Child("Norm"), x);

    private Tensor Drop(int block, Tensor x) => EagerLayers.Dropout(scope.Child("Blocks", block).Child("Drop"), x, 0.5);

    private Tensor Out(Tensor x) => EagerLayers.Dense(scope.Child("Out"), x);

    private Tensor Predict(Tensor x)
    {
        x = Fc1(x);
        for (int block = 0; block < 2; block++) x += Drop(block, Norm(block, x));
        return Out(x);
    }

    private static Tensor Loss(Tensor predict, Tensor target) => Mse(predict, target);

    internal sealed class Reading(SmallModel model, EagerMode mode) : EagerReading(model, mode)
    {
        public Tensor Predict(Tensor x)
        {
            using EagerCall call = Enter();
            return model.Predict(x);
        }

        public Tensor Loss(Tensor x, Tensor target)
        {
            using EagerCall call = Enter();
            return SmallModel.Loss(model.Predict(x), target);
        }

        public (Tensor First, Tensor Second, Tensor Other) DropThrice(Tensor x)
        {
            using EagerCall call = Enter();
            return (model.Drop(0, x), model.Drop(0, x), model.Drop(1, x));
        }

        public Tensor Square(Tensor x)
        {
            using EagerCall call = Enter();
            return x * x;
        }

        public bool IsTraining()
        {
            using EagerCall call = Enter();
            return Training;
        }
    }
}
