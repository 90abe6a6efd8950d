using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>
/// One fused group as a loop nest: what it iterates over, what it reads, calculates, reduces and writes. Printers turn it into text for a target
/// and decide nothing. Kernels that are equal but for names are emitted once.
/// </summary>
/// <param name="Name">From the user's name for the main result, in camel case; unique within the model.</param>
/// <param name="Comment">The user's expressions, what was fused and the shapes: a line each.</param>
/// <param name="Operands">The buffers, in the order of the arguments.</param>
/// <param name="Streams">The random streams that the kernel draws from.</param>
/// <param name="LoopIndexes">The number of loop indexes around the kernel that its text uses; they are arguments after the dimensions.</param>
internal abstract record Kernel(
    string Name,
    EquatableArray<string> Comment,
    EquatableArray<Operand> Operands,
    EquatableArray<RandomSite> Streams,
    int LoopIndexes)
{
    /// <summary>Whether what the kernel writes to an operand should stay in the caches: because it loads it again.</summary>
    public bool StaysCached(int operand) => Operands[operand].IsRead;
}

/// <summary>A buffer as the kernel sees it.</summary>
internal sealed record Operand(string Name, TensorType Type, bool IsWritten)
{
    /// <summary>Gets a value indicating whether the kernel loads from it. What it writes and does not load, it need not keep in the caches.</summary>
    public bool IsRead { get; init; }

    /// <summary>The same buffer, written or read as well.</summary>
    public Operand And(bool isWritten) => isWritten ? this with { IsWritten = true } : this with { IsRead = true };
}

/// <summary>A source of random numbers; the occurrence is <paramref name="Occurrence"/> plus the loop indexes times the strides.</summary>
internal sealed record RandomSite(uint Site, Dim Occurrence, EquatableArray<Dim> Strides);

/// <summary>A kernel over single elements, all of which lie one after another in every operand, or are the same for all (stride 0).</summary>
/// <param name="Count">The number of elements.</param>
internal sealed record ElementKernel(
    string Name,
    EquatableArray<string> Comment,
    EquatableArray<Operand> Operands,
    EquatableArray<RandomSite> Streams,
    int LoopIndexes,
    Dim Count,
    EquatableArray<Instruction> Body) : Kernel(Name, Comment, Operands, Streams, LoopIndexes);

/// <summary>
/// A kernel over rows: <paramref name="Outer"/> are the dimensions whose product is the number of rows, <paramref name="Inner"/> is the length of
/// a row, worked on in vectors. The stages run one after another on each row, so that a row stays in the cache.
/// </summary>
/// <param name="Sums">Reductions over the rows, finished after all rows.</param>
internal sealed record RowKernel(
    string Name,
    EquatableArray<string> Comment,
    EquatableArray<Operand> Operands,
    EquatableArray<RandomSite> Streams,
    int LoopIndexes,
    EquatableArray<Dim> Outer,
    Dim Inner,
    EquatableArray<Stage> Stages,
    EquatableArray<BlockSum> Sums) : Kernel(Name, Comment, Operands, Streams, LoopIndexes)
{
    private const int MostOperations = 8;

    /// <summary>Gets how devices work on the rows; null until <see cref="ChooseTeam"/> has seen the kernel.</summary>
    public RowTeam? Team { get; init; }

    /// <summary>
    /// Gets a value indicating whether a processor runs the first stage of the next row beside the last stage of this one: so that neither waits for the
    /// other's result. Both are short loops, and the first only reads.
    /// </summary>
    public bool OverlapsRows => Stages.Count > 1 && IsShortLoop(Stages[0]) && IsShortLoop(Stages[Stages.Count - 1]) && Stages[0].Body.All(instruction => instruction is Let or Reduce);

    private static bool IsShortLoop(Stage stage) => stage.IsLoop && stage.Body.Sum(Operations) <= MostOperations;

    private static int Operations(Instruction instruction) => instruction switch
    {
        Let let => Operations(let.Value),
        Store store => Operations(store.Value),
        Reduce reduce => 1 + Operations(reduce.Value),
        Accumulate accumulate => 1 + Operations(accumulate.Value),
        _ => 0,
    };

    private static int Operations(Value value) => value switch
    {
        CallValue { Op.IsCostly: true } or UniformValue => MostOperations + 1,
        CallValue call => 1 + call.Arguments.Sum(Operations),
        _ => 0,
    };
}

/// <summary>
/// A matrix product <c>[m, k] · [k, n]</c>, <paramref name="Batch"/> of them, with what is fused behind it. In the epilogue, rows are the outer
/// index (batch · m of them) and columns the inner one, and the local <c>product</c> is the finished element.
/// </summary>
/// <param name="A">The operand's index; batches lie one after another.</param>
internal sealed record ProductKernel(
    string Name,
    EquatableArray<string> Comment,
    EquatableArray<Operand> Operands,
    EquatableArray<RandomSite> Streams,
    int LoopIndexes,
    Dim Batch,
    Dim M,
    Dim N,
    Dim K,
    int A,
    bool TransposeA,
    int B,
    bool TransposeB,
    EquatableArray<Instruction> Epilogue,
    EquatableArray<BlockSum> Sums) : Kernel(Name, Comment, Operands, Streams, LoopIndexes)
{
    /// <summary>Gets the axes whose product is the number of rows, for the strides of the epilogue: a single one unless said.</summary>
    public EquatableArray<Dim> Rows { get; init; } = [Batch * M];

    /// <summary>
    /// Gets the number of equal parts of the columns. Where there are several, the epilogue works on the elements of a part, <c>[m, n / parts]</c>, and sees one of each part: a <see cref="PartValue"/>.
    /// </summary>
    public int Parts { get; init; } = 1;

    /// <summary>Gets what is fused before the product; null where the left factor is what lies in memory.</summary>
    public FactorBody? Prologue { get; init; }

    /// <summary>Gets a value indicating whether nothing is fused behind the product.</summary>
    public bool OnlyStores => Epilogue is [Store { Value: LocalValue } store] && store.To.InnerStride == Dim.One;

    /// <summary>Gets a value indicating whether nothing is fused behind the product but one addition, such as a bias.</summary>
    public bool OnlyAdds => Epilogue is [Let { Value: LoadValue load }, Store { Value: CallValue { Op: Add } sum } store]
        && load.From.InnerStride == Dim.One
        && store.To.InnerStride == Dim.One
        && sum.Arguments.Items.All(argument => argument is LocalValue);
}

/// <summary>
/// How an element of a product's left factor comes from the one in memory, the local <c>factor</c>: rows are the outer index of that memory and columns the inner one.
/// </summary>
internal sealed record FactorBody(EquatableArray<Dim> Rows, EquatableArray<Instruction> Body, Value Value);

/// <summary>A call of a template of the runtime.</summary>
/// <param name="Template">Its name: see <see cref="TemplateOp.Template"/>.</param>
/// <param name="TakesFrame">See <see cref="TemplateOp.TakesFrame"/>.</param>
/// <param name="Sizes">Its sizes, in the order of its parameters.</param>
/// <param name="Numbers">The numbers behind them.</param>
/// <param name="Inputs">The operands that it reads.</param>
/// <param name="Results">The operands that it writes, behind all others; −1 for a result that nobody needs.</param>
internal sealed record TemplateKernel(
    string Name,
    EquatableArray<string> Comment,
    EquatableArray<Operand> Operands,
    string Template,
    bool TakesFrame,
    EquatableArray<Dim> Sizes,
    EquatableArray<double> Numbers,
    EquatableArray<int> Inputs,
    EquatableArray<int> Results) : Kernel(Name, Comment, Operands, [], 0);

/// <summary>A stage of a row: a loop over its elements, or (not <paramref name="IsLoop"/>) calculations with the row's own numbers.</summary>
internal sealed record Stage(bool IsLoop, EquatableArray<Instruction> Body);

internal enum Reduction
{
    Sum,
    Max,
    Product,
}

internal abstract record Instruction;

/// <summary>Names a value for later instructions of the stage, or in a row stage for all later stages.</summary>
internal sealed record Let(string Name, Value Value) : Instruction;

internal sealed record Store(Access To, Value Value) : Instruction;

/// <summary>In a loop stage: reduces along the row. The result is a number of the row that later stages know by its name.</summary>
internal sealed record Reduce(string Name, Reduction Kind, Value Value) : Instruction;

/// <summary>Reduces over the rows, per column (in a loop stage or an epilogue) or, in a row stage, to one number: into the <paramref name="Sum"/>-th block sum.</summary>
internal sealed record Accumulate(int Sum, Value Value) : Instruction;

/// <summary>A reduction over rows: every block of rows leaves its part in <paramref name="Partials"/>, and their combination goes to <paramref name="Destination"/>.</summary>
/// <param name="Partials">The operand of <c>MaxBlocks · Columns</c> elements.</param>
internal sealed record BlockSum(Reduction Kind, int Partials, int Destination, Dim Columns);

/// <summary>An element of an operand: <c>offset + Σ outer index · stride + inner index · inner stride</c>.</summary>
internal sealed record Access(int Operand, Dim Offset, EquatableArray<Dim> OuterStrides, Dim InnerStride);

/// <summary>A number that a kernel calculates with.</summary>
internal abstract record Value;

internal sealed record ConstantValue(double Number) : Value;

/// <summary>What a <see cref="Let"/>, a <see cref="Reduce"/> or <c>product</c> named.</summary>
internal sealed record LocalValue(string Name) : Value;

internal sealed record LoadValue(Access From) : Value;

internal sealed record DimNumber(Dim Dim) : Value;

/// <summary>The index along an outer axis, or along the inner one where <paramref name="OuterAxis"/> is null.</summary>
internal sealed record IndexValue(int? OuterAxis) : Value;

/// <summary>A uniform random number; the address gives the element's index in the stream (its operand is not used).</summary>
internal sealed record UniformValue(int Stream, Access Element) : Value;

/// <summary>The index of a loop around the kernel, the outermost being 0.</summary>
internal sealed record LoopIndexValue(int Loop) : Value;

/// <summary>The finished element of a part of a product.</summary>
internal sealed record PartValue(int Part) : Value;

/// <summary>An intrinsic op; other ops are already written out.</summary>
internal sealed record CallValue(ElementwiseOp Op, EquatableArray<Value> Arguments) : Value
{
    private const int LongestArgument = 2;

    private int Operations => 1 + Arguments.Items.OfType<CallValue>().Sum(argument => argument.Operations);

    /// <summary>Whether an argument is so long that it reads better under a name of its own. A product stays where a sum takes it in (<c>a · b + c</c>).</summary>
    public static bool IsLong(ElementwiseOp op, IReadOnlyList<Value> arguments, int index) =>
        arguments[index] is CallValue { Operations: > LongestArgument } && !(op is Add && index == (arguments[0] is CallValue { Op: Mul } ? 0 : 1) && arguments[index] is CallValue { Op: Mul });
}
