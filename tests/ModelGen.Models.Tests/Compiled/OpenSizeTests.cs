using System;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>A slice of an open dimension that is too short for it is an error, never a read beyond the tensor.</summary>
[OnEveryDevice]
public sealed class OpenSizeTests
{
    [Theory]
    [InlineData("x[.., 4]")]
    [InlineData("x[.., ..5]")]
    [InlineData("x[.., ^5]")]
    [InlineData("Slice(x, 1, 2, 3)")]
    public void ATooShortDimensionIsAnError(string slice)
    {
        using Model model = CompiledModels.Compile($"[Model] public sealed partial class Net {{ [Forward] private Tensor Predict([Shape(\"batch\", \"time\")] Tensor x) => {slice}; }}").Create("Net");
        var predict = model.GetType().GetMethod("Predict", [typeof(float[,])])!;
        Assert.Null(Record.Exception(() => predict.Invoke(model, [new float[2, 5]])));
        Exception? failure = Record.Exception(() => predict.Invoke(model, [new float[2, 4]]))?.GetBaseException();
        Assert.True(failure is ArgumentException, failure?.ToString() ?? "no error");
        Assert.Contains("time", failure!.Message);
    }
}
