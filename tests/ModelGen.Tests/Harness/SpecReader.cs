using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.FrontEnd;
using ModelGen.Specs;

namespace ModelGen.Tests.Harness;

/// <summary>Reads the models of a source text with the front end alone.</summary>
internal static class SpecReader
{
    /// <summary>The reading of the first model in the source.</summary>
    public static ModelReading Read(string source)
    {
        GeneratorDriver driver = Build.Driver(steps: true).RunGenerators(Build.Compilation(Build.Usings + source));
        return (ModelReading)driver.GetRunResult().Results[0].TrackedSteps["ReadModel"][0].Outputs[0].Value;
    }

    /// <summary>The statements of a method of the first model, a line each.</summary>
    public static string Body(string source, string method = "Predict") =>
        SpecPrinter.Of(Read(source).Spec.Methods.Single(candidate => candidate.Key == method).Body);
}
