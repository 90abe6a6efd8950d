using System.Linq;
using ModelGen.Emit;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen;

/// <summary>Says what an entry takes and gives, from its graph.</summary>
internal static class EntryDescription
{
    public static EntrySpec Of(ModelSpec spec, MethodSpec method, Graph graph)
    {
        EquatableArray<TensorSpec> inputs = graph.Nodes.Where(node => node.Is<Input>()).Select(node => Tensor(node.Attributes.Get<string>("name"), node)).ToEquatableArray();
        EquatableArray<TensorSpec> outputs = graph.Outputs.Select(output => Tensor(output.Name, output.Value)).ToEquatableArray();
        EquatableArray<string> metrics = method.Role == MethodRole.Loss
            ? spec.Methods.Where(other => other.Role == MethodRole.Metric).Select(metric => metric.Name).ToEquatableArray()
            : [];
        return new EntrySpec(method.Name, method.Role, inputs, outputs, ErrorFacts.Dimensions(inputs), method.Trains, Classification(method, graph, inputs), metrics)
        {
            States = ErrorFacts.States(spec, method).ToEquatableArray(),
            StatefulName = Names.Stateful(spec, method),
        };
    }

    private static ClassificationSpec? Classification(MethodSpec method, Graph graph, EquatableArray<TensorSpec> inputs)
    {
        if (method.Role != MethodRole.Loss || Classifier.Find(graph) is not { } loss)
        {
            return null;
        }

        string labels = loss.Inputs[1].Attributes.Get<string>("name");
        int input = Enumerable.Range(0, inputs.Count).First(index => inputs[index].Name == labels);
        return new ClassificationSpec(input, 1, ((TargetLossOp)loss.Op).Classification == Ops.Classification.Binary, (loss.Op as IIndexing)?.Ignored(loss));
    }

    private static TensorSpec Tensor(string name, Node node) => new(name, node.Type, node.Shape.Select(dim => dim.ToString()).ToEquatableArray());
}
