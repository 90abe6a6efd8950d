using ModelGen;
using static ModelGen.Functional;

namespace Recurrence;

/// <summary>Tells how likely each kind of weather is on each of the next seven days, from today's and the season.</summary>
/// <remarks>
/// <c>h_t = softmax(W_h h_{t−1} + b_h)</c>, <c>p_t = softmax(W_p h_t + b_p)</c>. The state <c>h</c> is a distribution over hidden kinds of weather and goes on from day to day by
/// itself, for which there is no layer; <c>p</c> is what it says about the weather that is seen.
/// </remarks>
[Model]
public sealed partial class WeatherForecast
{
    /// <summary>The number of kinds of weather.</summary>
    public const int Kinds = 5;

    /// <summary>The number of days that are foretold.</summary>
    public const int Days = 7;

    private const int Hidden = 16;

    /// <summary>What today's weather says of the first state.</summary>
    [Embedding(Kinds, Hidden)]
    private partial Tensor Today(Tensor<int> weather);

    /// <summary>What the season says of it.</summary>
    [Dense(Hidden)]
    private partial Tensor Season(Tensor season);

    /// <summary><c>W_h</c> and <c>b_h</c>.</summary>
    [Dense(Hidden)]
    private partial Tensor Onward(Tensor h);

    /// <summary><c>W_p</c> and <c>b_p</c>.</summary>
    [Dense(Kinds)]
    private partial Tensor Seen(Tensor h);

    /// <summary>One day: the state after it, and the probabilities of its weather.</summary>
    [Recurrent]
    private (Tensor State, Tensor Output) NextDay(Tensor h)
    {
        h = Softmax(Onward(h));
        return (h, Softmax(Seen(h)));
    }

    [Forward]
    private Tensor Predict([Shape("batch")] Tensor<int> weather, [Shape("batch", 2)] Tensor season) =>
        Scan(Softmax(Today(weather) + Season(season)), Days, NextDay).Steps;

    /// <summary>The mean of <c>−log p</c> of the weather that came.</summary>
    [Loss]
    private Tensor Loss(Tensor predict, [Shape("batch", Days)] Tensor<int> following) => -Mean(Sum(OneHot(following, Kinds) * Log(predict), -1));
}
