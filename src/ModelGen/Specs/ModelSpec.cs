using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace ModelGen.Specs;

/// <summary>
/// Everything that the compiler needs to know of one <c>[Model]</c> or <c>[Module]</c> class, free of symbols and of places in files:
/// two specs are equal exactly when they compile to the same code. It is the only thing that crosses the incremental cache.
/// </summary>
/// <remarks>
/// Places are numbers. The front end returns beside the spec a table that maps them to locations, so that an edit above a class moves
/// the table and leaves the spec as it was.
/// </remarks>
internal sealed record ModelSpec(
    TypeSpec Type,
    bool IsModule,
    bool IsStack,
    EquatableArray<LayerSpec> Layers,
    EquatableArray<ParameterSpec> Parameters,
    EquatableArray<ChildSpec> Children,
    EquatableArray<MethodSpec> Methods,
    EquatableArray<ModelSpec> Modules,
    EquatableArray<string> MemberNames,
    bool HasErrors,
    bool IsMisdeclared)
{
    /// <summary>Gets the values that are carried from call to call.</summary>
    public EquatableArray<StateSpec> States { get; init; } = [];

    /// <summary>Gets the fully qualified name, which is the key of a module within <see cref="Modules"/>.</summary>
    public string Key => Type.Key;
}

/// <summary>The declaration of a class, as the generated part has to repeat it.</summary>
/// <param name="Namespace">The namespace, or an empty text for the global one.</param>
/// <param name="Name">The class's name as written, with <c>@</c> where the user needed it.</param>
/// <param name="Declaration">Modifiers and keyword: <c>public sealed partial class</c>.</param>
/// <param name="Containing">Declarations of the containing types, the outermost first: <c>public static partial class Outer</c>.</param>
/// <param name="Accessibility"><c>public</c>, <c>internal</c>, … : the class's own.</param>
internal sealed record TypeSpec(string Namespace, string Name, string Declaration, EquatableArray<string> Containing, string Accessibility, int Place)
{
    /// <summary>Gets a value indicating whether the class and all types around it are partial, so that a generated part can be added.</summary>
    public bool IsPartial { get; init; } = true;

    /// <summary>Gets the fully qualified name, with the containing types: <c>Space.Outer.Name</c>.</summary>
    public string Key => string.Join(".", Containing.Select(NameIn).Prepend(Namespace).Append(Name).Where(part => part.Length > 0));

    /// <summary><c>public partial class Outer&lt;A, B&gt;</c> → <c>Outer&lt;A,B&gt;</c>.</summary>
    private static string NameIn(string declaration)
    {
        string joined = declaration.Replace(", ", ",");
        return joined.Substring(joined.LastIndexOf(' ') + 1);
    }
}

/// <summary>A layer: an attributed partial method, or one attribute of a stack.</summary>
/// <param name="Kind">The attribute's name without <c>Attribute</c>: <c>Dense</c>. It is a name of the op catalog.</param>
/// <param name="Arguments">The attribute's arguments by the names of the constructor's parameters or of the properties; omitted ones are absent.</param>
/// <param name="Signature">The partial method's modifiers, return type, name and parameters as the generated part must repeat them; empty on a stack.</param>
internal sealed record LayerSpec(string Name, string Kind, EquatableArray<Argument> Arguments, EquatableArray<InputSpec> Inputs, string Signature, int Place)
{
    /// <summary>The name of the parameter that says which steps of a sequence there are.</summary>
    public const string Mask = "mask";

    /// <summary>Gets the number of tensors that the layer gives: 1, or a tuple's length.</summary>
    public int Results { get; init; } = 1;

    /// <summary>Gets a value indicating whether one of the further inputs is a mask of steps.</summary>
    public bool HasMask => Inputs.Skip(1).Any(input => input.Name == Mask);

    /// <summary>Gets the further inputs that are states to begin with, in order.</summary>
    public IEnumerable<InputSpec> States => Inputs.Skip(1).Where(input => input.Name != Mask);

    /// <summary>Gets the inputs in the order of the op: the mask is the last.</summary>
    public IEnumerable<InputSpec> Ordered => Inputs.Take(1).Concat(States).Concat(Inputs.Skip(1).Where(input => input.Name == Mask));
}

/// <summary>A <c>[Parameter]</c> property: a trainable tensor that the user names directly.</summary>
internal sealed record ParameterSpec(string Name, EquatableArray<DimSpec> Dims, EquatableArray<Argument> Arguments, string Signature, int Place);

/// <summary>A <c>[State]</c> property: a tensor that one call leaves to the next.</summary>
/// <param name="Accessors">The accessors that the generated part must repeat: <c>get</c>, <c>private set</c>; none where it writes nothing.</param>
internal sealed record StateSpec(string Name, EquatableArray<DimSpec> Dims, string Signature, EquatableArray<string> Accessors, int Place)
{
    /// <summary>Gets the members of the generated class of states, in which each state has a property of its own name.</summary>
    public static ImmutableHashSet<string> Reserved { get; } =
        ["Clone", "Reset", "SpanOf", "Equals", "GetHashCode", "GetType", "ToString", "Finalize", "MemberwiseClone", "ReferenceEquals"];
}

/// <summary>A property that holds one module, or with <c>[Repeat(n)]</c> an array of them.</summary>
/// <param name="Module">The key of the module's spec.</param>
/// <param name="Repeat">The count of a repeated module; null for a single one.</param>
internal sealed record ChildSpec(string Name, string Module, int? Repeat, string Signature, int Place);

internal enum MethodRole
{
    Forward,
    Loss,
    Metric,

    /// <summary>A method without a role of its own that others call.</summary>
    Plain,
}

internal enum TensorType
{
    Float,
    Int,

    /// <summary>A parameter of a helper method that takes a number, bool, text or enum known at the call.</summary>
    Constant,
}

/// <summary>A method whose body the compiler reads.</summary>
/// <param name="Key">Unique within the spec; for methods of other classes the fully qualified name.</param>
/// <param name="Results">The number of tensors returned: 1, or a tuple's length.</param>
/// <param name="Trains">For a loss: the parameters that it updates, as the beginning of their names up to a dot; null for all.</param>
internal sealed record MethodSpec(
    string Key,
    string Name,
    MethodRole Role,
    EquatableArray<InputSpec> Inputs,
    int Results,
    EquatableArray<Statement> Body,
    string? Trains,
    int Place)
{
    /// <summary>Gets a value indicating whether the method is static, which the eager reading has to know to call it.</summary>
    public bool IsStatic { get; init; }

    /// <summary>Gets the return type with full names, as the eager reading repeats it.</summary>
    public string ReturnType { get; init; } = "global::ModelGen.Tensor";

    /// <summary>Gets a tuple's element names, empty for those without a name; none where it is no tuple.</summary>
    public EquatableArray<string> ResultNames { get; init; }
}

/// <summary>A parameter of a method or layer.</summary>
/// <param name="Dims">What <c>[Shape]</c> says; null where there is none.</param>
/// <param name="Forward">On a loss or metric: the key of the <c>[Forward]</c> method whose output this parameter is.</param>
/// <param name="TargetOf">On a stack's loss: the loss word that fixes this target's shape and type.</param>
internal sealed record InputSpec(string Name, TensorType Type, EquatableArray<DimSpec>? Dims, string? Forward, string? TargetOf, int Place);

/// <summary>A dimension as the user wrote it: a number, a name, or an expression of names.</summary>
internal sealed record DimSpec(string Text, int Place);
