using System.Linq;
using ModelGen.Models.Tests.Compiled;
using ModelGen.Models.Tests.OnDevice;
using Recurrence;
using Xunit;

namespace ModelGen.Models.Tests.Sequences;

/// <summary>The sample of a recurrence of one's own.</summary>
[OnEveryDevice]
public sealed class WeatherForecastTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void AgreesWithTheEagerReading(int batch)
    {
        using WeatherForecast model = new(TestDevice.Current, seed: 5);
        Trial trial = new(model, "Loss", [batch]);
        trial.SameForward("Predict");
        trial.SameLoss();
        (double error, string parameter) = trial.WorstGradient();
        Assert.True(error < 2e-3, $"{parameter}: {error}");
    }

    [Fact]
    public void EveryDaysProbabilitiesAddUpToOne()
    {
        using WeatherForecast model = new(TestDevice.Current, seed: 5);
        float[,,] days = model.Predict([0, 3], new float[,] { { 1, 0 }, { 0, -1 } });
        Assert.Equal(2 * WeatherForecast.Days * WeatherForecast.Kinds, days.Length);
        Assert.All(days.Cast<float>().Chunk(WeatherForecast.Kinds), day => Assert.Equal(1, day.Sum(), 1e-5f));
    }
}
