using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>What the kernel of one group consists of while it is written: operands, streams, names, and the values known so far.</summary>
internal sealed class KernelWriter(Group group, ChooseStores stores, ImmutableArray<int> loops)
{
    private readonly List<RandomSite> streams = [];
    private List<(Node Root, Dim Offset, Operand Operand)> operands = [];
    private KernelNames names = new("frame", "block", "row", "lanes", "index", "column", "product", "products", "factor", "first", "end", "j", "i", "V", "L");

    /// <summary>Gets the axes of the rows, without those of length 1.</summary>
    public ImmutableArray<Dim> Outer { get; } = [.. group.Space.Outer.Where(dim => dim != Dim.One)];

    public Group Group { get; } = group;

    public ChooseStores Stores { get; } = stores;

    public EquatableArray<Operand> Operands => operands.Select(operand => operand.Operand).ToEquatableArray();

    public EquatableArray<RandomSite> Streams => streams.ToEquatableArray();

    /// <summary>Gets the memory behind each operand.</summary>
    public IEnumerable<(Node Root, Dim Offset)> Memory => operands.Select(operand => (operand.Root, operand.Offset));

    public int LoopIndexes => streams.Any(stream => stream.Strides.Count > 0) || UsesLoopIndex ? loops.Length : 0;

    public bool UsesLoopIndex { get; private set; }

    /// <summary>A writer for another part of the same kernel, which has rows of its own.</summary>
    public KernelWriter For(Group part)
    {
        names.BeginStage();
        return new KernelWriter(part, Stores, loops) { operands = operands, names = names };
    }

    /// <summary>A name for a number of the row, which all later stages know.</summary>
    public string Name(string wanted) => names.Take(wanted);

    /// <summary>A name for a local of the stage that is being written.</summary>
    public string LocalName(string wanted) => names.TakeLocal(wanted);

    public void BeginStage() => names.BeginStage();

    /// <summary>The operand for a value's memory. What is read and written both is one operand.</summary>
    public int OperandOf(Node root, Dim offset, bool isWritten)
    {
        int known = operands.FindIndex(operand => operand.Root == root && operand.Offset == offset);
        if (known < 0)
        {
            operands.Add((root, offset, new Operand(OperandName(root, offset, isWritten), root.Type, isWritten) { IsRead = !isWritten }));
            return operands.Count - 1;
        }

        operands[known] = (root, offset, operands[known].Operand.And(isWritten));
        return known;
    }

    /// <summary>A value's name; for a part of a value the part's beginning behind it, and for the second of two values of one name whether it is read or written.</summary>
    private string OperandName(Node root, Dim offset, bool isWritten)
    {
        string name = KernelNames.Wanted(root);
        return names.Take(
            offset != Dim.Zero ? name + ".from." + (offset.IsConstant ? offset.ToString() : "there")
            : !names.Has(name) ? name
            : name + (isWritten ? ".next" : ".before"));
    }

    /// <summary>Memory that belongs to no node: the partial sums of a reduction over rows.</summary>
    public int PartialsOf(Node sum)
    {
        operands.Add((sum, PartialOffset, new Operand(names.Take(KernelNames.Wanted(sum) + "Partials"), TensorType.Float, true) { IsRead = true }));
        return operands.Count - 1;
    }

    /// <summary>Gets the mark of an operand that holds partial sums of the reduction that is its root.</summary>
    public static Dim PartialOffset { get; } = Dim.Named("#partials");

    /// <summary>Where a value of the group's elements lies. <paramref name="shape"/> is the shape that the group iterates over.</summary>
    public Access Elements(Node value, Shape shape, bool isWritten = false)
    {
        ValueAddress address = ValueAddress.Of(value);
        (int operand, Dim offset) = Start(address, isWritten);
        if (value.Shape.Rank == 0)
        {
            return new Access(operand, offset, Outer.Select(_ => Dim.Zero).ToEquatableArray(), Dim.Zero);
        }

        int split = Group.Space.Split(shape)!.Value;
        ImmutableArray<Dim> rows = RowSpace.Fit([.. address.Strides.Take(split)], [.. shape.Take(split)], Outer);
        Dim inner = RowSpace.Merge([.. address.Strides.Skip(split)], [.. shape.Skip(split)])!;
        return new Access(operand, offset, rows.ToEquatableArray(), inner);
    }

    /// <summary>Where a value that exists once per row lies.</summary>
    public Access Rows(Node value, bool isWritten = false)
    {
        ValueAddress address = ValueAddress.Of(value);
        (int operand, Dim offset) = Start(address, isWritten);
        ImmutableArray<Dim> strides = value.Shape.Rank == 0 ? [.. Outer.Select(_ => Dim.Zero)] : RowSpace.Fit(address.Strides, value.Shape.Dims, Outer);
        return new Access(operand, offset, strides.ToEquatableArray(), Dim.Zero);
    }

    /// <summary>The operand, which begins where the value does, and what is left of the offset: all of it where elements lie before, too.</summary>
    private (int Operand, Dim Offset) Start(ValueAddress address, bool isWritten) => address.IsReversed
        ? (OperandOf(address.Root, Dim.Zero, isWritten), address.Offset)
        : (OperandOf(address.Root, address.Offset, isWritten), Dim.Zero);

    /// <summary>A number that needs no memory.</summary>
    public Value Free(Node node) => node.Op switch
    {
        Constant => new ConstantValue(node.Attributes.Get<double>("value")),
        DimValue => new DimNumber(node.Attributes.Get<Dim>("dim")),
        Iota => new IndexValue(null),
        LoopIndex => LoopNumber(node.Attributes.Get<int>("loop")),
        Random => new UniformValue(Stream(node), Contiguous(node.Shape)),
        _ => Formula((ElementwiseOp)node.Op, [.. node.Inputs.Select(input => Free(Reading.RootOf(input)))], null),
    };

    /// <summary>Writes an op's formula out as intrinsics. Parts that occur twice get a name in <paramref name="body"/>, if there is one.</summary>
    public Value Formula(ElementwiseOp op, ImmutableArray<Value> inputs, List<Instruction>? body, System.Func<string, string>? name = null)
    {
        Scalar formula = op.Forward([.. inputs.Select((_, index) => (Scalar)new ScalarInput(index))]);
        Dictionary<Scalar, int> uses = [];
        Count(formula, uses);
        return Write(formula, inputs, new FormulaPlace(body, name ?? LocalName), uses, []);
    }

    private static void Count(Scalar formula, Dictionary<Scalar, int> uses)
    {
        uses.TryGetValue(formula, out int known);
        uses[formula] = known + 1;
        if (known == 0 && formula is ScalarCall call)
        {
            foreach (Scalar argument in call.Op.IsIntrinsic ? call.Arguments : [Expanded(call)])
            {
                Count(argument, uses);
            }
        }
    }

    private static Scalar Expanded(ScalarCall call) => call.Op.Forward(call.Arguments.Items);

    private static Value Write(Scalar formula, ImmutableArray<Value> inputs, FormulaPlace place, Dictionary<Scalar, int> uses, Dictionary<Scalar, Value> known)
    {
        if (known.TryGetValue(formula, out Value? value))
        {
            return value;
        }

        value = formula switch
        {
            ScalarInput input => inputs[input.Index],
            ScalarConstant constant => new ConstantValue(constant.Value),
            ScalarCall { Op.IsIntrinsic: true } call => Call(call.Op, [.. call.Arguments.Select(argument => Write(argument, inputs, place, uses, known))], place),
            _ => Write(Expanded((ScalarCall)formula), inputs, place, uses, known),
        };
        return known[formula] = uses.TryGetValue(formula, out int count) && count > 1 ? place.Named(value) : value;
    }

    private static CallValue Call(ElementwiseOp op, Value[] arguments, FormulaPlace place) =>
        new(op, arguments.Select((argument, index) => CallValue.IsLong(op, arguments, index) ? place.Named(argument) : argument).ToEquatableArray());

    /// <summary>Where the named parts of a formula go, and who names them.</summary>
    private sealed record FormulaPlace(List<Instruction>? Body, System.Func<string, string> Name)
    {
        /// <summary>The value under a name of its own, where there is a place for that.</summary>
        public Value Named(Value value)
        {
            if (Body is null || value is not CallValue call)
            {
                return value;
            }

            string name = Name(KernelNames.OfResult(call.Op));
            Body.Add(new Let(name, value));
            return new LocalValue(name);
        }
    }

    private LoopIndexValue LoopNumber(int loop)
    {
        UsesLoopIndex = true;
        return new LoopIndexValue(loops.IndexOf(loop));
    }

    private int Stream(Node random)
    {
        AttributeSet attributes = random.Attributes;
        RandomSite site = new(attributes.Get<uint>("site"), attributes.Get<Dim>("occurrence"), attributes.Dims("strides").ToEquatableArray());
        int known = streams.IndexOf(site);
        if (known < 0)
        {
            streams.Add(site);
            return streams.Count - 1;
        }

        return known;
    }

    /// <summary>The index of an element within a shape, or for a number per row the index of the row.</summary>
    private Access Contiguous(Shape shape)
    {
        ImmutableArray<Dim> strides = ValueAddress.Contiguous(shape);
        if (Group.Space.Split(shape) is not { } split)
        {
            return new Access(-1, Dim.Zero, RowSpace.Fit(strides, shape.Dims, Outer).ToEquatableArray(), Dim.Zero);
        }

        return new Access(
            -1,
            Dim.Zero,
            RowSpace.Fit([.. strides.Take(split)], [.. shape.Take(split)], Outer).ToEquatableArray(),
            RowSpace.Merge([.. strides.Skip(split)], [.. shape.Skip(split)])!);
    }
}
