using System.Collections.Generic;
using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>The names of generated members, chosen against the user's own. Both the surface and the compiled files take them from here.</summary>
/// <param name="Scope">The field that says where the object lies within the model.</param>
/// <param name="Description">The field that holds what the build knows of the model.</param>
/// <param name="EagerType">The nested class of the eager reading.</param>
/// <param name="Run">For every entry the method that runs it.</param>
/// <param name="Train">For every entry the method that a training step calls.</param>
/// <param name="RunOnGpu">For every entry the method that runs it on a device.</param>
/// <param name="TrainOnGpu">For every entry the method that a training step on a device calls.</param>
/// <param name="Fields">For every module property its field.</param>
internal sealed record SurfaceNames(
    string Scope,
    string Description,
    string EagerType,
    EquatableArray<string> Run,
    EquatableArray<string> Train,
    EquatableArray<string> RunOnGpu,
    EquatableArray<string> TrainOnGpu,
    EquatableArray<string> Fields,
    EquatableArray<string> Taken);

/// <summary>Chooses names.</summary>
internal static class Names
{
    /// <summary>The names for a class; the same for the same spec, wherever it is asked.</summary>
    public static SurfaceNames Of(ModelSpec spec)
    {
        IEnumerable<string> stack = spec.IsStack ? spec.Layers.Select(layer => layer.Name).Concat(spec.Methods.Select(method => method.Name)) : [];
        NameScope scope = new(spec.MemberNames.Concat(stack).Concat(Generated).Concat(spec.States.Count > 0 ? GeneratedForStates : []).Append(spec.Type.Name));
        List<string> entries = Entries(spec);
        string place = scope.Add("eagerScope");
        string description = scope.Add("description");
        string eagerType = scope.Add("EagerMethods");
        EquatableArray<string> run = entries.Select(entry => scope.Add(entry + "Run")).ToEquatableArray();
        EquatableArray<string> train = entries.Select(entry => scope.Add(entry + "Train")).ToEquatableArray();
        EquatableArray<string> runOnGpu = entries.Select(entry => scope.Add(entry + "OnGpu")).ToEquatableArray();
        EquatableArray<string> trainOnGpu = entries.Select(entry => scope.Add(entry + "TrainOnGpu")).ToEquatableArray();
        EquatableArray<string> fields = spec.Children.Select(child => scope.Add(Camel(child.Name))).ToEquatableArray();
        return new SurfaceNames(place, description, eagerType, run, train, runOnGpu, trainOnGpu, fields, spec.MemberNames.Concat(stack).ToEquatableArray());
    }

    /// <summary>The method that runs an entry: <c>static partial void PredictRun(Frame frame)</c>.</summary>
    public static string Run(ModelSpec spec, string entry) => Of(spec).Run[IndexOf(spec, entry)];

    /// <summary>The method that a training step on a loss calls: <c>static partial void LossTrain(Frame frame)</c>.</summary>
    public static string Train(ModelSpec spec, string entry) => Of(spec).Train[IndexOf(spec, entry)];

    /// <summary>The method that runs an entry on a device: <c>static partial void PredictOnGpu(GpuFrame frame)</c>.</summary>
    public static string RunOnGpu(ModelSpec spec, string entry) => Of(spec).RunOnGpu[IndexOf(spec, entry)];

    /// <summary>The method that a training step on a device calls: <c>static partial void LossTrainOnGpu(GpuFrame frame)</c>.</summary>
    public static string TrainOnGpu(ModelSpec spec, string entry) => Of(spec).TrainOnGpu[IndexOf(spec, entry)];

    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>The entry that runs a forward method from a caller's states, <c>PredictWithState</c>; null for all others.</summary>
    public static string? Stateful(ModelSpec spec, MethodSpec method) => Stateful(spec).Where(entry => entry.Method == method).Select(entry => entry.Name).FirstOrDefault();

    private static readonly string[] Generated = ["Eager", "Entries", "Data"];
    private static readonly string[] GeneratedForStates = ["State", "NewState"];

    private static IEnumerable<(MethodSpec Method, string Name)> Stateful(ModelSpec spec)
    {
        NameScope scope = new(spec.Methods.Select(method => method.Name));
        return spec.Methods.Where(method => method.Role == MethodRole.Forward && StateUse.Of(spec, method).Any()).Select(method => (method, scope.Add(method.Name + "WithState")));
    }

    /// <summary>The methods with a role, then the entries with states.</summary>
    private static List<string> Entries(ModelSpec spec) =>
        [.. spec.Methods.Where(method => method.Role != MethodRole.Plain).Select(method => method.Name), .. Stateful(spec).Select(entry => entry.Name)];

    private static int IndexOf(ModelSpec spec, string entry) => Entries(spec).IndexOf(entry);
}
