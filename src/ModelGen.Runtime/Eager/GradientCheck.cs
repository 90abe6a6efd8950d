using System;
using System.Collections.Generic;
using ModelGen.Reference;

namespace ModelGen;

/// <summary>Gradients by central differences in double, to compare derived ones with: <c>(f(x + h) − f(x − h)) / 2h</c>.</summary>
/// <remarks>
/// The error is about 10⁻⁹ where the function is smooth. At a kink (<c>Relu</c> at 0, <c>Max</c> with a tie) it is not a gradient, and
/// <see cref="Functional.StopGradient"/> does not stop it. Every element costs two evaluations.
/// </remarks>
public static class GradientCheck
{
    private const double DefaultStep = 1e-5;

    /// <summary>The gradient of a function of a tensor.</summary>
    /// <param name="function">A function whose result is a scalar. It is given tensors of <see langword="double"/>.</param>
    /// <param name="x">Where.</param>
    /// <param name="step">The half-width <c>h</c> of the difference.</param>
    /// <returns>A tensor of the shape of <paramref name="x"/>.</returns>
    public static Tensor Gradient(Func<Tensor, Tensor> function, Tensor x, double step = DefaultStep)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(x);
        ReadOnlySpan<int> shape = x.Shape.AsSpan();
        double[] values = x.ToDoubleArray();
        double[] gradient = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];
            values[i] = value + step;
            double above = function(Tensor.From(values, shape)).Item();
            values[i] = value - step;
            double below = function(Tensor.From(values, shape)).Item();
            values[i] = value;
            gradient[i] = (above - below) / (2 * step);
        }

        return Tensor.From(gradient, shape);
    }

    /// <summary>The gradient of a model's loss with respect to one of its parameters.</summary>
    /// <param name="model">The model.</param>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="loss">Evaluates the loss eagerly in the mode that it is given, which replaces the parameter.</param>
    /// <param name="mode">The mode from which those modes are made.</param>
    /// <param name="step">The half-width <c>h</c> of the difference.</param>
    /// <returns>A tensor of the parameter's shape.</returns>
    public static Tensor Gradient(Model model, string parameter, Func<EagerMode, Tensor> loss, EagerMode mode = default, double step = DefaultStep)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        Parameter place = model.Parameters[parameter];
        var overrides = new Dictionary<string, Tensor>(mode.Overrides ?? new Dictionary<string, Tensor>());
        EagerMode changed = mode with { Double = true, Overrides = overrides };
        Tensor start = overrides.GetValueOrDefault(parameter) ?? Tensor.From(place.ValuesToRead, place.Shape.AsSpan());
        return Gradient(OfParameter, start, step);

        Tensor OfParameter(Tensor value)
        {
            overrides[parameter] = value;
            return loss(changed);
        }
    }

    /// <summary>The greatest difference between two gradients, in units of the greatest element of the expected one where that is above 1.</summary>
    /// <param name="expected">What <c>Gradient</c> returned.</param>
    /// <param name="actual">The gradient to be checked, in row-major order.</param>
    /// <returns>0 where they are equal; NaN where an element is.</returns>
    /// <exception cref="ArgumentException">The numbers of elements differ.</exception>
    public static double Error(Tensor expected, ReadOnlySpan<float> actual)
    {
        ArgumentNullException.ThrowIfNull(expected);
        double[] values = expected.ToDoubleArray();
        if (values.Length != actual.Length)
            throw new ArgumentException($"{actual.Length} elements cannot be compared with {Shapes.Text(expected.Shape.AsSpan())}.", nameof(actual));

        double scale = 1, difference = 0;
        for (int i = 0; i < values.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(values[i]));
            difference = Math.Max(difference, Math.Abs(values[i] - actual[i]));
        }

        return difference / scale;
    }
}
