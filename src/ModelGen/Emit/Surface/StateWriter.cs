using System.Collections.Generic;
using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>Writes the nested class <c>State</c>, an object of which holds what calls hand on, and the method that makes one.</summary>
internal static class StateWriter
{
    public static void Write(CodeWriter code, SurfaceSpec spec)
    {
        if (!spec.HasStateClass)
        {
            return;
        }

        NameScope scope = new("model");
        List<string> sizes = [.. spec.StateDimensions.Select(scope.Add)];
        if (!spec.Names.Taken.Contains("NewState"))
        {
            code.Line();
            NewState(code, spec, sizes);
        }

        code.Line();
        Docs.Summary(code, $"What a call leaves to the next: {Docs.Shapes(spec.States.Select(state => state.Value).ToEquatableArray())}. One call at a time may use it.");
        code.Line(RuntimeNames.GeneratedCode);
        using (code.Block("public sealed class State : global::ModelGen.ModelState"))
        {
            Constructors(code, spec, sizes);
            foreach (int index in Enumerable.Range(0, spec.States.Count).Where(index => !StateSpec.Reserved.Contains(spec.States[index].Value.Name)))
            {
                code.Line();
                Docs.Summary(code, $"Gets the values of {Docs.Shape(spec.States[index].Value)} in row-major order, to read and to write until the next call with this state.");
                code.Line($"public global::System.Span<float> {EagerCalls.Identifier(spec.States[index].Value.Name)} => SpanOf({index});");
            }

            code.Line();
            Docs.Summary(code, "Makes a further state with the same values, from which calls go on independently.");
            Docs.Returns(code, "The copy.");
            code.Line("public State Clone() => new(this);");
        }
    }

    private static void NewState(CodeWriter code, SurfaceSpec spec, List<string> sizes)
    {
        Docs.Summary(code, "Makes a state of zeros, for calls that go on where the one before has ended.");
        Sizes(code, spec, sizes);
        Docs.Returns(code, "The state. Each sequence has its own; it is not saved with the parameters.");
        string parameters = string.Join(", ", sizes.Select(size => "int " + size));
        string body = spec.Error is null ? $"new({string.Join(", ", sizes.Prepend("this"))})" : Docs.Throw(spec);
        code.Line($"public State NewState({parameters}) => {body};");
    }

    private static void Constructors(CodeWriter code, SurfaceSpec spec, List<string> sizes)
    {
        string parameters = string.Concat(sizes.Select(size => ", int " + size));
        Docs.Summary(code, "Initializes a state of zeros.");
        Docs.Parameter(code, "model", "The model.");
        Sizes(code, spec, sizes);
        code.Line($"internal State({spec.Name} model{parameters})");
        using (code.Indent())
        {
            code.Line($": base({string.Join(", ", sizes.Prepend("model"))})");
        }

        Empty(code);
        code.Line();
        code.Line("private State(State other)");
        using (code.Indent())
        {
            code.Line(": base(other)");
        }

        Empty(code);
    }

    private static void Empty(CodeWriter code)
    {
        using (code.Block())
        {
        }
    }

    private static void Sizes(CodeWriter code, SurfaceSpec spec, List<string> sizes)
    {
        foreach ((string size, string dimension) in sizes.Zip(spec.StateDimensions, (size, dimension) => (size, dimension)))
        {
            Docs.Parameter(code, size, $"The size of the dimension <c>{dimension}</c>.");
        }
    }
}
