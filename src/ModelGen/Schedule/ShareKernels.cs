using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>Keeps one of the kernels that are equal but for their names, over all programs of a model.</summary>
internal sealed class ShareKernels
{
    private readonly Dictionary<Kernel, Kernel> known = [];
    private readonly List<Kernel> kernels = [];
    private readonly KernelNames names = new();

    /// <summary>Gets the kernels to emit, in the order of their first use.</summary>
    public IReadOnlyList<Kernel> Kernels => kernels;

    /// <summary>The kernel to use in the place of this one.</summary>
    public Kernel Share(Kernel kernel)
    {
        Kernel nameless = Nameless(kernel);
        if (!known.TryGetValue(nameless, out Kernel? shared))
        {
            string name = names.Take(kernel.Name);
            known[nameless] = shared = kernel with { Name = char.ToUpperInvariant(name[0]) + name.Substring(1) };
            kernels.Add(shared);
        }

        return shared;
    }

    private static Kernel Nameless(Kernel kernel)
    {
        EquatableArray<Operand> operands = kernel.Operands.Select((operand, index) => operand with { Name = index.ToString(CultureInfo.InvariantCulture) }).ToEquatableArray();
        LocalRenamer renamer = new();
        Kernel renamed = kernel switch
        {
            ElementKernel elements => elements with { Body = elements.Body.Select(renamer.Rename).ToEquatableArray() },
            RowKernel rows => rows with { Stages = rows.Stages.Select(stage => stage with { Body = stage.Body.Select(renamer.Rename).ToEquatableArray() }).ToEquatableArray() },
            ProductKernel product => product with { Prologue = product.Prologue is null ? null : renamer.Rename(product.Prologue), Epilogue = product.Epilogue.Select(renamer.Rename).ToEquatableArray() },
            _ => kernel,
        };
        return renamed with { Name = string.Empty, Comment = [], Operands = operands };
    }

    /// <summary>Numbers the locals in the order of their appearance.</summary>
    private sealed class LocalRenamer
    {
        private readonly Dictionary<string, string> renamed = new() { ["product"] = "product", ["factor"] = "factor" };

        public FactorBody Rename(FactorBody prologue) => prologue with { Body = prologue.Body.Select(Rename).ToEquatableArray(), Value = Rename(prologue.Value) };

        public Instruction Rename(Instruction instruction) => instruction switch
        {
            Let let => new Let(Name(let.Name), Rename(let.Value)),
            Store store => store with { Value = Rename(store.Value) },
            Reduce reduce => reduce with { Name = Name(reduce.Name), Value = Rename(reduce.Value) },
            Accumulate accumulate => accumulate with { Value = Rename(accumulate.Value) },
            _ => instruction,
        };

        private Value Rename(Value value) => value switch
        {
            LocalValue local => new LocalValue(Name(local.Name)),
            CallValue call => call with { Arguments = call.Arguments.Select(Rename).ToEquatableArray() },
            _ => value,
        };

        private string Name(string local)
        {
            if (!renamed.TryGetValue(local, out string? name))
            {
                renamed[local] = name = renamed.Count.ToString(CultureInfo.InvariantCulture);
            }

            return name;
        }
    }
}
