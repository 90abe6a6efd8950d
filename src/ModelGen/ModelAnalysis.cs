using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ModelGen.Diagnostics;
using ModelGen.Graphs;
using ModelGen.Passes;
using ModelGen.Passes.Build;
using ModelGen.Schedule;
using ModelGen.Specs;

namespace ModelGen;

/// <summary>One way to run an entry, as a graph of primitives.</summary>
/// <param name="IsTraining">Whether it is the path of a training step, which needs gradients.</param>
internal sealed record EntryPath(EntrySpec Entry, bool IsTraining, Graph Graph, IReadOnlyList<IndexCheck> Checks, IReadOnlyList<SizeCheck> Sizes);

/// <summary>The first half of the pipeline: from a spec to graphs of primitives with shapes, and to the facts that the surface needs.</summary>
internal sealed class ModelAnalysis
{
    /// <summary>The inputs, the outputs and the open dimensions that the runtime's <c>Frame</c> has room for.</summary>
    private const int MostTensors = 8;

    private readonly ModelSpec spec;
    private readonly Trace trace;
    private readonly CancellationToken cancellation;
    private readonly ModelParameters parameters = new();
    private readonly LayerSizes sizes = new();
    private readonly Dictionary<string, Shape> forwardShapes = [];
    private readonly HashSet<DiagnosticSpec> seen = [];
    private readonly List<DiagnosticSpec> diagnostics = [];
    private readonly List<EntryPath> paths = [];
    private readonly List<EntrySpec> entries = [];
    private bool failed;

    private ModelAnalysis(ModelSpec spec, Trace trace, CancellationToken cancellation)
    {
        this.spec = spec;
        this.trace = trace;
        this.cancellation = cancellation;
    }

    public IReadOnlyList<DiagnosticSpec> Diagnostics => diagnostics;

    public IReadOnlyList<EntryPath> Paths => paths;

    /// <summary>Gets the entries; those with errors have unknown shapes.</summary>
    public IReadOnlyList<EntrySpec> Entries => entries;

    public IReadOnlyList<ModelParameter> Parameters => parameters.All;

    public static ModelAnalysis Run(ModelSpec spec, Trace trace, CancellationToken cancellation)
    {
        ModelAnalysis analysis = new(spec, trace, cancellation);
        foreach (MethodSpec method in spec.Methods.Where(method => method.Role != MethodRole.Plain).OrderBy(method => method.Role))
        {
            analysis.Analyze(method);
        }

        analysis.FindTrained();
        return analysis;
    }

    private void Analyze(MethodSpec method)
    {
        Graph? typed = Type(method, method.Name, training: false);
        Graph? trained = method.Role == MethodRole.Loss ? Type(method, method.Name, training: true) : null;
        if (typed is null)
        {
            return;
        }

        Graph evaluated = Classifier.WithScores(method, typed);
        EntrySpec entry = EntryDescription.Of(spec, method, evaluated);
        entries.Add(entry);
        CheckCounts(method, entry);
        CheckBatch(method, entry);
        if (method.Role == MethodRole.Forward)
        {
            forwardShapes[method.Key] = typed.Results.First().Shape;
        }

        AddPath(method, entry, evaluated, training: false);
        if (trained is not null)
        {
            AddPath(method, entry, trained, training: true);
        }

        if (entry.StatefulName is { } name && Type(method, name, training: false, continues: true) is { } stateful)
        {
            AddPath(method, entry.Stateful(), stateful, training: false);
        }
    }

    /// <summary>The graph of words with its shapes, or null where it has errors.</summary>
    /// <param name="continues">Whether the entry continues from a caller's states.</param>
    private Graph? Type(MethodSpec method, string name, bool training, bool continues = false)
    {
        failed = false;
        EntryContext context = new(spec, training, cancellation);
        Graph graph = trace.Write("BuildGraph", name, training, BuildGraph.Run(context, method, name, forwardShapes, continues));
        context.Diagnostics.ForEach(Report);
        Graph typed = trace.Write("InferShapes", name, training, InferShapes.Run(graph, sizes, Report));
        if (method.Role != MethodRole.Forward && typed.Outputs.Length > 0 && typed.Results.First().Shape.Rank > 0)
        {
            Report(DiagnosticSpec.Of(
                DiagnosticCatalog.LossNotScalar, method.Place, $"'{method.Name}' must be one number, but gives {typed.Results.First().Shape}: reduce it with Mean or Sum"));
        }

        return failed || typed.Outputs.Length == 0 ? null : typed;
    }

    private void AddPath(MethodSpec method, EntrySpec entry, Graph typed, bool training)
    {
        Graph lowered = trace.Write("Lower", entry.Name, training, Lower.Run(typed, parameters, training));
        if (training && entry.Trains is not null && !Differentiate.Trained(lowered, entry.Trains).Any())
        {
            string[] used = [.. Differentiate.Trained(lowered, trains: null)];
            string uses = used.Length == 0 ? "it uses none" : $"it uses {string.Join(", ", used)}";
            Report(DiagnosticSpec.Of(
                DiagnosticCatalog.BadAttributeArgument,
                method.Place,
                $"Loss(Trains = \"{entry.Trains}\")",
                $"'{method.Name}' uses no parameter of this name, nor one whose name begins with '{entry.Trains}.': {uses}"));
        }
        else if (training && Differentiate.Obstacle(lowered, entry.Trains) is { } obstacle)
        {
            Report(DiagnosticSpec.Of(DiagnosticCatalog.NotDifferentiable, lowered.Results.First().Origin.Place, $"'{entry.Name}' {obstacle}"));
        }

        IEnumerable<SizeCheck> bounds = [.. SliceBounds.Of(lowered), .. SliceBounds.OfComparisons(typed), .. IndexChecks.OfPositions(typed, Report)];
        paths.Add(new EntryPath(entry, training, lowered, IndexChecks.Of(entry, typed), [.. bounds.Distinct()]));
    }

    /// <summary>Arguments of a call lie in tables of fixed length.</summary>
    private void CheckCounts(MethodSpec method, EntrySpec entry)
    {
        string and = entry.StatefulName is null ? string.Empty : " and states";
        int states = entry.StatefulName is null ? 0 : entry.States.Count;
        foreach ((int count, string what, string cure) in new[]
        {
            (entry.Inputs.Count + states, "inputs" + and, "pass some as one tensor, and cut it"),
            (entry.Outputs.Count + states, "results" + and, "join some with Concat or Stack, or write two methods"),
            (entry.Dimensions.Count, "open dimensions", "give numbers instead of some of the names, or the same name where sizes are equal"),
        })
        {
            if (count > MostTensors)
            {
                Report(DiagnosticSpec.Of(DiagnosticCatalog.TooManyTensors, method.Place, method.Name, $"{count}", what, $"{MostTensors}", cure));
            }
        }
    }

    /// <summary>Training takes examples along the first dimension of every input.</summary>
    private void CheckBatch(MethodSpec method, EntrySpec entry)
    {
        string[] first = [.. entry.Inputs.Select(input => input.Dims is { Count: > 0 } dims ? dims[0] : string.Empty).Distinct()];
        if (method.Role == MethodRole.Loss && (first.Length != 1 || !entry.Dimensions.Contains(first[0])))
        {
            string said = string.Join(", ", entry.Inputs.Select(input => $"{input.Name} is [{string.Join(", ", input.Dims ?? [])}]"));
            Report(DiagnosticSpec.Of(
                DiagnosticCatalog.ShapeMismatch,
                method.Place,
                $"'{method.Name}' trains on examples, which lie along the first dimension of every input: {said}. Begin each of them with the same name, such as \"batch\""));
        }
    }

    /// <summary>Says of each loss which parameters it trains, where it does not depend on all.</summary>
    private void FindTrained()
    {
        foreach (EntryPath path in paths.Where(path => path.IsTraining))
        {
            string[] trained = [.. Differentiate.Trained(path.Graph, path.Entry.Trains)];
            if (trained.Length < parameters.All.Count)
            {
                int index = entries.FindIndex(entry => entry.Name == path.Entry.Name);
                entries[index] = entries[index] with { Trained = trained.ToEquatableArray() };
            }
        }
    }

    private void Report(DiagnosticSpec diagnostic)
    {
        failed = true;
        if (seen.Add(diagnostic))
        {
            diagnostics.Add(diagnostic);
        }
    }
}
