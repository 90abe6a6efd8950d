using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;

namespace ModelGen;

/// <summary>A place in a model: the model itself, one of its modules, or a layer. It finds the parameters that lie there.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EagerScope
{
    private readonly Model model;
    private readonly string path;

    /// <summary>The path with <c>*</c> for every index: all copies of a repeated layer share it.</summary>
    private readonly string pattern;

    /// <summary>Initializes a new instance of the <see cref="EagerScope"/> class.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The place's name, such as <c>Blocks.0.Expand</c>; empty for the model itself.</param>
    public EagerScope(Model model, string path = "")
        : this(model, path, Pattern(path))
    {
        ArgumentNullException.ThrowIfNull(model);
    }

    private EagerScope(Model model, string path, string pattern)
    {
        this.model = model;
        this.path = path;
        this.pattern = pattern;
    }

    /// <summary>Gets what names this place among those that draw random numbers: FNV-1a (32 bits) of the path with <c>*</c> for indices.</summary>
    internal uint Site
    {
        get
        {
            uint hash = 2166136261;
            foreach (char c in pattern) hash = unchecked((hash ^ c) * 16777619);
            return hash;
        }
    }

    /// <summary>A layer or a single module of this place.</summary>
    /// <param name="name">The member's name.</param>
    /// <returns>The place within this one.</returns>
    public EagerScope Child(string name) => new(model, Join(path, name), Join(pattern, name));

    /// <summary>One copy of a repeated module of this place.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="index">The copy's index.</param>
    /// <returns>The place within this one.</returns>
    public EagerScope Child(string name, int index) =>
        new(model, Join(Join(path, name), index.ToString(CultureInfo.InvariantCulture)), Join(Join(pattern, name), "*"));

    /// <summary>Whether there is a parameter of a name here: <c>bias</c> may be missing.</summary>
    /// <param name="name">The parameter's name within this place.</param>
    /// <returns>Whether <see cref="Parameter"/> would find it.</returns>
    public bool Has(string name) => model.Parameters.TryGet(Join(path, name), out _);

    /// <summary>A parameter's present values, or what the mode puts in their place.</summary>
    /// <param name="name">The parameter's name within this place, such as <c>weight</c>.</param>
    /// <returns>A copy, in the element type that the mode asks for.</returns>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    /// <exception cref="ArgumentException">The tensor in its place has another shape.</exception>
    public Tensor Parameter(string name)
    {
        Parameter parameter = model.Parameters[Join(path, name)];
        EagerMode mode = EagerContext.Mode;
        Tensor value = Override(mode, parameter) ?? Tensor.From(parameter.ValuesToRead, parameter.Shape.AsSpan());
        return mode.Double ? value.ToDouble() : value.ToSingle();
    }

    /// <summary>What a state holds at this moment of a call.</summary>
    /// <param name="name">The name of the <see cref="StateAttribute"/> property.</param>
    /// <returns>What the call began with, or what was assigned last.</returns>
    /// <exception cref="InvalidOperationException">No method is running in the eager reading.</exception>
    public static Tensor State(string name) => States(name).Read(name);

    /// <summary>Assigns a state.</summary>
    /// <param name="name">The name of the <see cref="StateAttribute"/> property.</param>
    /// <param name="value">What the next call begins with, unless something is assigned later.</param>
    /// <exception cref="ArgumentException">The value has another shape than the state.</exception>
    /// <exception cref="InvalidOperationException">No method is running in the eager reading.</exception>
    public static void SetState(string name, Tensor value) => States(name).Assign(name, value);

    /// <summary>The place's name.</summary>
    /// <returns>For example <c>Blocks.0.Expand</c>.</returns>
    public override string ToString() => path;

    private static EagerStates States(string name) => EagerContext.Current?.States ?? throw EagerStates.NoCall(name);

    private static Tensor? Override(EagerMode mode, Parameter parameter)
    {
        if (mode.Overrides is null || !mode.Overrides.TryGetValue(parameter.Name, out Tensor? value)) return null;
        if (!value.Shape.AsSpan().SequenceEqual(parameter.Shape.AsSpan()))
            throw new ArgumentException($"The override of '{parameter}' has the shape {Reference.Shapes.Text(value.Shape.AsSpan())}.");

        return value;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;

    private static string Pattern(string path) => string.Join('.', Array.ConvertAll(path.Split('.'), part => IsIndex(part) ? "*" : part));

    private static bool IsIndex(string part) => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
