using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Passes.Build;

/// <summary>Reads one method of one instance of a class, statement after statement, and writes nodes for it.</summary>
internal sealed partial class MethodBuilder(EntryContext entry, ModelSpec spec, string path, int dimScope, int depth, LoopScope scope)
{
    private const int MostUnrolled = 256;
    private readonly Dictionary<string, BuildValue> locals = [];
    private LoopScope scope = scope;
    private IReadOnlyList<string> resultNames = [];
    private BuildValue? result;

    /// <summary>Reads the body with the given arguments and returns what it returns.</summary>
    /// <param name="names">What to call the results that the method does not name itself.</param>
    /// <param name="states">What the states hold before; then what the method leaves in them.</param>
    public BuildValue Run(MethodSpec method, IReadOnlyList<BuildValue> arguments, IReadOnlyList<string> names, Dictionary<string, BuildValue> states)
    {
        resultNames = names;
        if (depth > 64)
        {
            throw new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.RecursiveCall, method.Place, method.Name, "more than 64 calls deep"));
        }

        for (int index = 0; index < method.Inputs.Count; index++)
        {
            locals[method.Inputs[index].Name] = Declare(method.Inputs[index], arguments[index]);
        }

        Move(states.Keys, states, locals);
        Run(method.Body);
        Move(states.Keys, locals, states);
        return result ?? ErrorValue.Instance;
    }

    private BuildValue Declare(InputSpec input, BuildValue argument)
    {
        if (input.Dims is not { } dims || argument is not TensorValue tensor || (dimScope == 0 && tensor.Node.Is<Input>()))
        {
            return argument;
        }

        Node node = scope.Import(tensor.Node);
        scope.Builder.Origin = node.Origin with { Place = input.Place };
        AttributeSet attributes = AttributeSet.Of("dims", EntryContext.Dims(dims, dimScope)).With("input", input.Name);
        return new TensorValue(scope.Own(scope.Builder.Add(Catalog<Declared>.Op, [node], attributes, null, node.Type)));
    }

    private void Run(EquatableArray<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            entry.Cancellation.ThrowIfCancellationRequested();
            if (result is not null)
            {
                return;
            }

            try
            {
                Run(statement);
            }
            catch (BuildException exception)
            {
                entry.Diagnostics.Add(exception.Diagnostic);
                Fail(statement);
            }
        }
    }

    private void Run(Statement statement)
    {
        switch (statement)
        {
            case AssignStatement assign:
                Assign(assign, Assigned(assign));
                break;
            case IfStatement choice:
                Run(Constant(choice.Condition) ? choice.Then : choice.Else);
                break;
            case ForStatement loop:
                RunLoop(loop, loop.Count, ForVariable(loop));
                break;
            case ForEachStatement loop:
                RunForEach(loop);
                break;
            case ReturnStatement end:
                returned = end.Value;
                result = Returned(end.Value);
                break;
        }
    }

    /// <summary>What is assigned, named after what it goes to.</summary>
    private BuildValue Assigned(AssignStatement assign)
    {
        string?[] names = [.. assign.Targets.Select(target => target == "_" ? null : StateVariable.Is(target) ? EntryState.NextName(LocalNames.Shown(target)) : LocalNames.Shown(target))];
        return names.Length == 1 ? Evaluate(assign.Value, names[0])
            : assign.Value is TupleExpression tuple ? new TupleValue([.. tuple.Items.Select((item, index) => Evaluate(item, names[index]))])
            : Evaluate(assign.Value, null);
    }

    private BuildValue Returned(Expression value) => value is TupleExpression tuple
        ? new TupleValue([.. tuple.Items.Select((item, index) => Evaluate(item, resultNames.Count > index ? resultNames[index] : null))])
        : Evaluate(value, resultNames.Count == 1 ? resultNames[0] : null);

    private void RunForEach(ForEachStatement loop)
    {
        ChildSpec child = spec.Children.First(candidate => candidate.Name == loop.Child);
        RunLoop(loop, child.Repeat ?? 0, (number, iteration) =>
            new ModuleValue(Module(child), InstancePath.Element(path.TrimEnd('.'), child.Name, new PathIndex(number, iteration, child.Repeat ?? 0)) + "."));
    }

    /// <summary>After an error: what the statement would have set is unknown, and not reported again.</summary>
    private void Fail(Statement statement)
    {
        foreach (string target in LoopVariables.AssignedBy([statement]))
        {
            locals[target] = ErrorValue.Instance;
        }

        if (statement is ReturnStatement)
        {
            result = ErrorValue.Instance;
        }
    }

    private void Assign(AssignStatement assign, BuildValue value)
    {
        EquatableArray<string> targets = assign.Targets;
        for (int index = 0; index < targets.Count; index++)
        {
            BuildValue item = targets.Count == 1 ? value
                : value is TupleValue tuple ? tuple.Items[index]
                : value is PartsValue parts ? parts.Part(index, LocalNames.Shown(targets[index]), targets.Count)
                : ErrorValue.Instance;
            locals[targets[index]] = StateVariable.Is(targets[index]) && item is not ErrorValue ? ToState(targets[index], item, assign.TargetPlaces[index]) : item;
        }
    }

    /// <summary>What a state is assigned has the state's shape. A step runs as often as there are elements; what a call leaves to the next one is assigned outside of it.</summary>
    private TensorValue ToState(string variable, BuildValue value, int place)
    {
        if (entry.StepsAround > 0)
        {
            string what = $"an assignment to the state '{LocalNames.Shown(variable)}' within a step of Scan";
            throw new BuildException(DiagnosticSpec.Of(DiagnosticCatalog.UnsupportedSyntax, place, what, "let the step hand it on, and assign the state what Scan gives"));
        }

        StateSpec state = spec.States.First(candidate => StateVariable.Of(candidate.Name) == variable);
        AttributeSet attributes = AttributeSet.Of("dims", EntryContext.Dims(state.Dims, dimScope));
        return new TensorValue(Add(Catalog<AssignedState>.Op, [Tensor(value, place)], attributes, new Origin(state.Name, state.Name, place)));
    }

    /// <summary>What the states hold, by their variables.</summary>
    private static Dictionary<string, BuildValue> States(Dictionary<string, BuildValue> locals) =>
        locals.Where(local => StateVariable.Is(local.Key)).ToDictionary(local => local.Key, local => local.Value);

    private static void Move(IEnumerable<string> names, Dictionary<string, BuildValue> from, Dictionary<string, BuildValue> to)
    {
        foreach (string name in names.ToArray())
        {
            to[name] = from[name];
        }
    }

    private ModelSpec Module(ChildSpec child) => entry.Model.Modules.First(module => module.Key == child.Module);
}
