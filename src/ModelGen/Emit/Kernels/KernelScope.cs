using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Schedule;

namespace ModelGen.Emit.Kernels;

/// <summary>An argument of a printed method: <c>int batch</c>.</summary>
internal sealed record Parameter(string Type, string Name)
{
    public override string ToString() => Type + " " + Name;
}

/// <summary>The names inside one kernel, and a record of which of its arguments the text uses.</summary>
internal sealed class KernelScope
{
    private static readonly string[] Reserved = ["V", "L", "T", "frame", "kernel", "block", "blocks", "first", "next", "end", "row", "column", "index", "lane", "lanes", "product", "products", "factor", "whole", "rest", "team", "part", "parts", "start", "isRow", "sums", "other"];

    private readonly HashSet<string> used = [];
    private readonly List<string> operands;
    private readonly Dictionary<string, string> dims;
    private readonly List<string> loops;
    private readonly List<string> streams;

    public KernelScope(Kernel kernel, Target target)
    {
        Kernel = kernel;
        Target = target;
        Locals = new NameScope(Reserved);
        operands = [.. kernel.Operands.Select(operand => Locals.Add(operand.Name))];
        dims = KernelDims.Of(kernel).ToDictionary(name => name, Locals.Add);
        loops = [.. Enumerable.Range(0, kernel.LoopIndexes).Select(_ => Locals.Add("iteration"))];
        streams = [.. kernel.Streams.Select(_ => Locals.Add("random"))];
    }

    public Kernel Kernel { get; }

    public Target Target { get; }

    /// <summary>Gets the names of the kernel, to which locals are added.</summary>
    public NameScope Locals { get; }

    /// <summary>Gets the arguments of the method that starts the kernel, behind the frame.</summary>
    public IEnumerable<Parameter> Arguments =>
        operands.Select((name, index) => (Argument: new Parameter(BufferType(index), name), index))
            .Where(operand => Target.Takes(operand.index, Kernel))
            .Select(operand => operand.Argument)
            .Concat(Indexes("int"));

    /// <summary>Gets what the struct with the kernel's text must hold: the arguments that the text uses.</summary>
    public IEnumerable<Parameter> Fields =>
        operands.Select((name, index) => new Parameter(BufferType(index), name))
            .Concat(streams.Select(name => new Parameter(RuntimeNames.RandomStream, name)))
            .Concat(Indexes(Target.Index))
            .Where(argument => used.Contains(argument.Name));

    public string BufferType(int operand) => Target.BufferOf(Kernel.Operands[operand].Type);

    /// <summary>The name of an argument in the method that starts the kernel.</summary>
    public string Argument(int operand) => operands[operand];

    public string Operand(int operand) => Use(operands[operand]);

    public string Loop(int loop) => Use(loops[loop]);

    public string Stream(int stream) => Use(streams[stream]);

    /// <summary>What a field is set to when the kernel starts.</summary>
    public string Initial(Parameter field)
    {
        int stream = streams.IndexOf(field.Name);
        return stream < 0 ? field.Name : StartStream(Kernel.Streams[stream]);
    }

    /// <summary>A dimension where names are fields of the kernel, and so wide enough for any address.</summary>
    public Fragment Dim(Dim dim) => Fragment.Of(dim, name => Use(dims[name]));

    /// <summary>A dimension where names are <c>int</c> arguments.</summary>
    public string Size(Dim dim) => Fragment.Of(dim, name => dims[name]).Text;

    /// <summary>A dimension where names are <c>int</c> arguments, calculated in a width that is enough for any address.</summary>
    public string WideSize(Dim dim) => Fragment.Of(dim, name => "(nint)" + dims[name]).Text;

    private IEnumerable<Parameter> Indexes(string type) =>
        dims.Values.Select(name => new Parameter(type, name)).Concat(loops.Select(name => new Parameter("int", name)));

    private string StartStream(RandomSite site)
    {
        string number = string.Format(CultureInfo.InvariantCulture, "0x{0:X8}u", site.Site);
        return $"new {RuntimeNames.RandomStream}(frame.Seed, frame.Step, {number}, {Occurrence(site)})";
    }

    /// <summary>How often the place was passed before: unsigned arithmetic where nothing is open and no loop runs in reverse.</summary>
    private string Occurrence(RandomSite site)
    {
        bool isPlain = site.Strides.Append(site.Occurrence).All(dim => dim.IsConstant && dim.Value >= 0);
        IEnumerable<string> terms = site.Strides.Select((stride, loop) => isPlain
            ? AddressText.Times("(uint)" + loops[loop], stride, Unsigned(stride))
            : AddressText.Times("(nint)" + loops[loop], stride, Wide(stride)));
        return isPlain
            ? AddressText.Sum([Unsigned(site.Occurrence).Text, .. terms])
            : $"(uint)({AddressText.Sum([AddressText.Offset(site.Occurrence, Wide(site.Occurrence)), .. terms])})";
    }

    private Fragment Wide(Dim dim) => Fragment.Of(dim, name => "(nint)" + dims[name]);

    private static Fragment Unsigned(Dim dim) => new(unchecked((uint)dim.Value).ToString(CultureInfo.InvariantCulture) + "u");

    private string Use(string name)
    {
        used.Add(name);
        return name;
    }
}
