using System;

namespace ModelGen;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1), with weight decay added to the gradient.</summary>
/// <remarks>Formulas and defaults are PyTorch's <c>torch.optim.Adam</c>; see <see cref="AdamRule"/>.</remarks>
public sealed class Adam : Optimizer
{
    private readonly AdamSettings settings;

    /// <summary>Initializes a new instance of the <see cref="Adam"/> class.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="beta1">How much of the mean gradient is kept, from 0 to below 1.</param>
    /// <param name="beta2">How much of the mean squared gradient is kept, from 0 to below 1.</param>
    /// <param name="epsilon">What is added to the root of the mean squared gradient.</param>
    /// <param name="weightDecay">The weight decay.</param>
    public Adam(float learningRate = 1e-3f, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, float weightDecay = 0f)
        : base(learningRate, weightDecay) => settings = new AdamSettings(beta1, beta2, epsilon);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{base.ToString()}, {settings}");

    /// <inheritdoc/>
    protected internal override void Update(in ParameterSweep sweep) =>
        sweep.Apply(new AdamRule(sweep, settings, gradientDecay: sweep.WeightDecay, parameterDecay: 0f));
}
