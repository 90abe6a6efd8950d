using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>Writes the kernel of a matrix product and what is fused behind it.</summary>
internal static class BuildProduct
{
    public static Kernel Run(KernelWriter kernel, string name, EquatableArray<string> comment)
    {
        Group group = kernel.Group;
        Node product = group.First;
        bool transposeA = product.Attributes.Get("transposeA", false);
        FactorBody? prologue = group.Prologue is null ? null : Prologue(kernel.For(group.Prologue.Group), group.Prologue.Element, product.Inputs[0]);
        int a = Operand(kernel, group.Prologue is null ? product.Inputs[0] : group.Prologue.Element);
        kernel.BeginStage();
        int b = Operand(kernel, product.Inputs[1]);
        (EquatableArray<Instruction> epilogue, EquatableArray<BlockSum> sums) = Epilogue(kernel, product);
        Shape left = product.Inputs[0].Shape;
        int rank = product.Shape.Rank;
        return new ProductKernel(
            name,
            comment,
            kernel.Operands,
            kernel.Streams,
            kernel.LoopIndexes,
            Dim.Product(product.Shape.Take(rank - 2)),
            product.Shape[rank - 2],
            product.Shape[rank - 1],
            left[transposeA ? rank - 2 : rank - 1],
            a,
            transposeA,
            b,
            product.Attributes.Get("transposeB", false),
            epilogue,
            sums)
        {
            Rows = kernel.Outer.ToEquatableArray(),
            Parts = group.Parts,
            Prologue = prologue,
        };
    }

    private static int Operand(KernelWriter kernel, Node value)
    {
        ValueAddress address = ValueAddress.Of(value);
        return kernel.OperandOf(address.Root, address.Offset, isWritten: false);
    }

    private static FactorBody Prologue(KernelWriter kernel, Node element, Node factor)
    {
        Node last = Reading.RootOf(factor);
        ElementWriter elements = new(kernel, [], null);
        elements.Know(element, new LocalValue("factor"));
        elements.Plan([last]);
        Value value = elements.Read(last, last.Shape);
        return new FactorBody(kernel.Outer.ToEquatableArray(), elements.Body.ToEquatableArray(), value);
    }

    private static (EquatableArray<Instruction> Epilogue, EquatableArray<BlockSum> Sums) Epilogue(KernelWriter kernel, Node product)
    {
        Group group = kernel.Group;
        Node[] written = [.. group.Members.Where(node => group.LevelOf(node) == Level.Full && kernel.Stores.IsStored(node))];
        Node[] joined = [.. group.Members.Where(node => group.LevelOf(node) == Level.Joined)];
        Node[] summed = [.. group.Members.Where(node => group.LevelOf(node) == Level.Column)];
        ElementWriter elements = new(kernel, [], null);
        if (group.Parts == 1)
        {
            elements.Know(product, new LocalValue("product"));
        }

        elements.Plan(written.Concat(joined.SelectMany(node => node.Inputs)).Concat(summed.Select(node => node.Input)));
        foreach (Node node in written)
        {
            Value value = elements.Read(node, node.Shape);
            elements.Body.Add(new Store(kernel.Elements(node, node.Shape, isWritten: true), value));
        }

        foreach (Node whole in joined)
        {
            elements.Join(whole);
        }

        List<BlockSum> sums = [];
        foreach (Node node in summed)
        {
            elements.Body.Add(new Accumulate(sums.Count, elements.Read(node.Input, node.Input.Shape)));
            sums.Add(new BlockSum(ReductionKind.Of(node.Op), kernel.PartialsOf(node), kernel.OperandOf(node, Dim.Zero, isWritten: true), group.Space.Inner));
        }

        return (elements.Body.ToEquatableArray(), sums.ToEquatableArray());
    }
}
