using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Training;

public sealed class ReportingTests
{
    [Fact]
    public void A_history_is_a_table_with_decimal_points_in_every_culture()
    {
        var history = new History();
        history.Add(new StepRecord(1, 1, 0.5f, 0.001f));
        history.Add(new StepRecord(2, 1, 0.25f, 0.001f));
        history.Add(new EpochRecord(1, 2, 0.375, 0.4, new Dictionary<string, double> { ["accuracy"] = 0.75, ["a,b"] = 1 }, 1.5));
        history.Add(new StepRecord(3, 2, 0.125f, 0.001f));
        string path = Path.GetTempFileName();
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(string.Empty) { NumberFormat = { NumberDecimalSeparator = "," } };
            history.WriteCsv(path);
            Assert.Equal(
                "step,epoch,loss,learning_rate,epoch_loss,validation_loss,accuracy,\"a,b\",seconds\n"
                + "1,1,0.5,0.001,,,,,\n2,1,0.25,0.001,0.375,0.4,0.75,1,1.5\n3,2,0.125,0.001,,,,,\n",
                File.ReadAllText(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_redirected_console_gets_a_line_per_epoch()
    {
        string[] lines = Written(rewrites: false).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Matches(@"^epoch 1/2  step 5/5  loss \d\.\d{4}  validation \d\.\d{4}  accuracy \d\.\d{4}  macro_f1 .* [\d,]+ examples/s  0:00 left$", lines[0]);
    }

    [Fact]
    public void A_terminals_line_is_rewritten()
    {
        string text = Written(rewrites: true);
        Assert.StartsWith("\repoch", text, StringComparison.Ordinal);
        Assert.EndsWith("left" + Environment.NewLine, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_tells_steps_rate_and_time_left()
    {
        using var model = new SoftmaxRegression();
        var seen = new List<TrainingProgress>();
        model.Fit(SoftmaxRegression.Clusters(100), new FitOptions { Epochs = 2, BatchSize = 30, Progress = new Listener(seen.Add) });
        Assert.Equal(10, seen.Count);
        Assert.Equal((1, 2, 4, 4), (seen[3].Epoch, seen[3].Epochs, seen[3].Step, seen[3].StepsPerEpoch));
        Assert.Null(seen[3].Finished);
        Assert.NotNull(seen[4].Finished);
        Assert.Equal(1, seen[5].Step);
        Assert.True(seen[5].ExamplesPerSecond > 0);
        Assert.Equal(TimeSpan.Zero, seen[9].Remaining);
        Assert.True(seen[0].Remaining > TimeSpan.Zero);
    }

    private static string Written(bool rewrites)
    {
        using var writer = new StringWriter();
        using var model = new SoftmaxRegression();
        Dataset data = SoftmaxRegression.Clusters(50);
        model.Fit(data, new FitOptions { Epochs = 2, BatchSize = 10, Validation = data, Progress = new ConsoleProgress(writer, rewrites) });
        return writer.ToString();
    }
}
