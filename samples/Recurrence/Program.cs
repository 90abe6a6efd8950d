using System;
using System.Globalization;
using System.IO;
using System.Linq;
using ModelGen;
using Recurrence;

// Data. Three years to learn from, and the last one to see what came of it.
var weather = Weather.Read(Path.Combine(AppContext.BaseDirectory, "data", "seattle-weather.csv"));
const int Learned = 3 * 365;
int asked = weather.Count - Learned - WeatherForecast.Days;
Dataset training = weather.Examples(0, Learned), validation = weather.Examples(Learned, asked);
Print($"{training.Count:N0} days to learn from, {validation.Count:N0} to be asked about");

// Training.
using var model = new WeatherForecast(Device.Cpu, seed: 42);
History history = model.Fit(training, new FitOptions { Epochs = 60, BatchSize = 32, Optimizer = new Adam(1e-2f), Validation = validation, Progress = null });
foreach (EpochRecord epoch in history.Epochs.Where((_, index) => index % 10 == 9))
{
    Print($"epoch {epoch.Epoch,2}: loss {epoch.Loss:F4}, on the days that are asked about {epoch.ValidationLoss:F4}");
}

Print($"the shares of the learned years, the same for every day: {weather.LossOfShares(0, Learned, Learned, asked):F4}");

// The same week twice: by the compiled kernels, and by the methods of the class themselves, where a breakpoint in NextDay shows every day's numbers.
int today = weather.Count - 1 - WeatherForecast.Days;
int[] kind = [weather.Kind(today)];
float[] season = weather.Season(today);
float[] compiled = new float[WeatherForecast.Days * WeatherForecast.Kinds];
model.Predict(kind, season, batch: 1, compiled);
float[] eager = model.Eager.Predict(Tensor.From(kind, [1]), Tensor.From(season, [1, 2])).ToArray();

Print($"\non {weather.Date(today):yyyy-MM-dd} there was {Weather.Names[kind[0]]}; what may follow, in percent, compiled | eager:");
Print($"{"",10}  {string.Join("  ", Weather.Names.Select(name => $"{name,13}"))}  it was");
for (int day = 0; day < WeatherForecast.Days; day++)
{
    string cells = string.Join("  ", Weather.Names.Select((_, column) =>
    {
        int place = (day * WeatherForecast.Kinds) + column;
        return string.Create(CultureInfo.InvariantCulture, $"{100 * compiled[place],5:F1} | {100 * eager[place],5:F1}");
    }));
    Print($"{weather.Date(today + 1 + day):yyyy-MM-dd}  {cells}  {Weather.Names[weather.Kind(today + 1 + day)]}");
}

Print($"\ngreatest difference between compiled and eager: {compiled.Zip(eager, (a, b) => Math.Abs(a - b)).Max():E1}");

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
