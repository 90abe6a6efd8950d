namespace ModelGen.Specs;

/// <summary>A statement of a method body, already bound: names are resolved and constants folded.</summary>
internal abstract record Statement(int Place);

/// <summary><c>var a = …</c>, <c>a = …</c>, <c>a += …</c> (already expanded) or <c>(a, b) = …</c>; a discarded target is <c>_</c>, a state a <see cref="StateVariable"/>.</summary>
internal sealed record AssignStatement(EquatableArray<string> Targets, Expression Value, int Place) : Statement(Place)
{
    /// <summary>Gets the places of the targets, where there is a state among them.</summary>
    public EquatableArray<int> TargetPlaces { get; init; } = [];
}

/// <summary><c>if</c> on a constant or on <c>Training</c>.</summary>
internal sealed record IfStatement(Expression Condition, EquatableArray<Statement> Then, EquatableArray<Statement> Else, int Place) : Statement(Place);

internal abstract record LoopStatement(string Variable, EquatableArray<Statement> Body, int Place) : Statement(Place)
{
    /// <summary>Gets the locals that the body declares. Every iteration has its own, whatever a block before the loop called so.</summary>
    public EquatableArray<string> Locals { get; init; } = [];
}

/// <summary><c>for</c> with constant bounds: the variable takes <paramref name="Count"/> values from <paramref name="Start"/>, <paramref name="Step"/> apart.</summary>
internal sealed record ForStatement(string Variable, int Start, int Step, int Count, EquatableArray<Statement> Body, int Place) : LoopStatement(Variable, Body, Place);

/// <summary><c>foreach</c> over a repeated module of the class.</summary>
internal sealed record ForEachStatement(string Variable, string Child, EquatableArray<Statement> Body, int Place) : LoopStatement(Variable, Body, Place);

internal sealed record ReturnStatement(Expression Value, int Place) : Statement(Place);

/// <summary>An expression, already bound.</summary>
/// <param name="Text">The user's own text with white space normalised: it stands above kernels and in diagnostics.</param>
internal abstract record Expression(string Text, int Place);

/// <summary>A folded constant; also the value of <c>const</c> fields and attribute arguments.</summary>
internal sealed record NumberExpression(double Value, bool IsInteger, string Text, int Place) : Expression(Text, Place);

internal sealed record BoolExpression(bool Value, string Text, int Place) : Expression(Text, Place);

internal sealed record StringExpression(string Value, string Text, int Place) : Expression(Text, Place);

/// <summary>A member of an enum of the vocabulary, such as <c>Approximate.Tanh</c>.</summary>
internal sealed record EnumExpression(string Enum, string Member, string Text, int Place) : Expression(Text, Place);

/// <summary><c>[0, 2]</c>: a list of constants as an argument.</summary>
internal sealed record ListExpression(EquatableArray<Expression> Items, string Text, int Place) : Expression(Text, Place);

/// <summary>A local, a parameter of the method, a loop variable, or a <see cref="StateVariable"/>.</summary>
internal sealed record NameExpression(string Name, string Text, int Place) : Expression(Text, Place);

/// <summary>A <c>[Parameter]</c> property of the class.</summary>
internal sealed record ParameterExpression(string Name, string Text, int Place) : Expression(Text, Place);

/// <summary><c>Training</c>: constant in each of the two generated paths.</summary>
internal sealed record TrainingExpression(string Text, int Place) : Expression(Text, Place);

/// <summary>A module of the class: a single one, or an element of a repeated one at a constant or loop variable.</summary>
internal sealed record ModuleExpression(string Child, Expression? Index, string Text, int Place) : Expression(Text, Place);

internal enum CallKind
{
    /// <summary>A word of <c>ModelGen.Functional</c>.</summary>
    Word,

    /// <summary>A layer of the same class.</summary>
    Layer,

    /// <summary>A method with a spec of its own: a <c>[Forward]</c> method or a helper.</summary>
    Method,

    /// <summary>A <c>[Forward]</c> method of a module; the receiver is a <see cref="ModuleExpression"/> or a <c>foreach</c> variable.</summary>
    Module,
}

/// <param name="Target">The word's, layer's or method's name (a method's key).</param>
/// <param name="Arguments">By parameter name; a <c>params</c> parameter's name repeats. An omitted optional one is absent for a word and a layer, and has its declared default for a method.</param>
internal sealed record CallExpression(CallKind Kind, string Target, Expression? Receiver, EquatableArray<Argument> Arguments, string Text, int Place)
    : Expression(Text, Place);

internal sealed record Argument(string Name, Expression Value);

/// <summary>The step of a <c>Scan</c>.</summary>
/// <param name="States">What the states are called, one name for each.</param>
/// <param name="HasOutput">Whether it gives an output besides the states.</param>
internal abstract record StepExpression(EquatableArray<string> States, bool HasOutput, string Text, int Place) : Expression(Text, Place);

/// <summary>A step that is written where it is used, or a local function: it may read the locals around it.</summary>
/// <param name="Parameters">The state, and the element of the sequence if there is one.</param>
internal sealed record LambdaExpression(
    EquatableArray<string> Parameters, EquatableArray<string> States, bool HasOutput, EquatableArray<Statement> Body, string Text, int Place)
    : StepExpression(States, HasOutput, Text, Place);

/// <summary>A step that is a method of its own, by its key.</summary>
internal sealed record MethodExpression(string Method, EquatableArray<string> States, bool HasOutput, string Text, int Place)
    : StepExpression(States, HasOutput, Text, Place);

/// <param name="Operator">As in C#: <c>-</c>, <c>!</c>.</param>
internal sealed record UnaryExpression(string Operator, Expression Operand, string Text, int Place) : Expression(Text, Place);

/// <param name="Operator">As in C#: <c>+ - * / &lt; &lt;= &gt; &gt;= == != &amp;&amp; ||</c>; the last eight on constants only.</param>
internal sealed record BinaryExpression(string Operator, Expression Left, Expression Right, string Text, int Place) : Expression(Text, Place);

/// <summary><c>c ? a : b</c> on a constant.</summary>
internal sealed record ConditionalExpression(Expression Condition, Expression WhenTrue, Expression WhenFalse, string Text, int Place)
    : Expression(Text, Place);

internal sealed record TupleExpression(EquatableArray<Expression> Items, string Text, int Place) : Expression(Text, Place);

/// <summary><c>pair.Item2</c>, or the same by its name.</summary>
internal sealed record TupleItemExpression(Expression Operand, int Index, string Text, int Place) : Expression(Text, Place);

/// <summary><c>parts[1]</c>: one of the tensors of an array.</summary>
internal sealed record PartExpression(Expression Operand, Expression Index, string Text, int Place) : Expression(Text, Place);

/// <summary><c>x.Shape[axis]</c>: a dimension used as a size.</summary>
internal sealed record SizeExpression(Expression Operand, int Axis, string Text, int Place) : Expression(Text, Place);

/// <summary><c>x[.., 0, 1..^1]</c>.</summary>
internal sealed record SliceExpression(Expression Operand, EquatableArray<RangeSpec> Ranges, string Text, int Place) : Expression(Text, Place);

/// <summary>One axis of a slice. An index drops its axis; a range keeps it. Missing ends are null.</summary>
internal sealed record RangeSpec(bool IsIndex, int? Start, bool StartFromEnd, int? End, bool EndFromEnd);
