using System;
using System.Linq;

namespace ModelGen.Models.Tests.Compiling;

/// <summary>Calls a compiled class's <c>Predict</c> with arrays.</summary>
internal static class Called
{
    /// <summary>The numbers of the result, in row-major order.</summary>
    public static float[] With(CompiledModels models, params Array[] arguments)
    {
        using Model model = models.Create("Net");
        var predict = model.GetType().GetMethod("Predict", [.. arguments.Select(argument => argument.GetType())])!;
        object result = predict.Invoke(model, arguments)!;
        return result is Array numbers ? [.. numbers.Cast<object>().Select(Convert.ToSingle)] : [Convert.ToSingle(result)];
    }
}
