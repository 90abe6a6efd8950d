using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ModelGen.Entries;
using Xunit;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>One loss of a model on random data: what the compiled training path gives, and what the user's own methods give, run eagerly.</summary>
internal sealed class Trial
{
    private readonly Model model;
    private readonly LossEntry entry;
    private readonly int[] sizes;
    private readonly Dictionary<string, Array> inputs = [];
    private readonly Batch batch;

    /// <param name="sizes">The open dimensions' sizes, in their order; the first one is the batch.</param>
    /// <param name="classes">Integers lie below this.</param>
    public Trial(Model model, string loss, int[] sizes, int classes = 3)
    {
        this.model = model;
        this.sizes = sizes;
        entry = (LossEntry)model.Description.Entries.Single(entry => entry.Name == loss);
        Random random = new(entry.Inputs.Length + sizes.Sum());
        DataColumn[] columns = [.. entry.Inputs.Select(input => Column(input, random, classes))];
        Dataset data = new(entry, sizes.AsSpan(1), columns);
        batch = data.NewBatch(sizes[0]);
        data.Fill(batch, [.. Enumerable.Range(0, sizes[0])]);
    }

    /// <summary>Gets the largest difference between a derived gradient and one of finite differences, with the parameter's name.</summary>
    public (double Error, string Parameter) WorstGradient()
    {
        EagerMode mode = new() { Training = true, Step = model.TrainingCalls };
        model.Gradients(entry, batch);
        return model.Parameters.Select(parameter => (Error(parameter, mode) is var error && double.IsNaN(error) ? double.PositiveInfinity : error, parameter.Name)).Max();
    }

    /// <summary>The bits of the loss and of all gradients.</summary>
    public uint[] Bits()
    {
        float loss = model.Gradients(entry, batch);
        return [.. model.Parameters.SelectMany(parameter => parameter.Gradient.ToArray()).Prepend(loss).Select(BitConverter.SingleToUInt32Bits)];
    }

    /// <summary>Asserts that the compiled training loss is the eager one, with the same random numbers.</summary>
    public void SameLoss(double tolerance = 1e-5)
    {
        EagerMode mode = new() { Training = true, Step = model.TrainingCalls };
        float compiled = model.Gradients(entry, batch);
        Near(Eager(entry.Name, mode).Item(), compiled, tolerance);
    }

    /// <summary>Asserts that a forward method gives the same compiled as it does eagerly.</summary>
    public void SameForward(string name, double tolerance = 1e-5)
    {
        Entry forward = model.Description.Entries.Single(entry => entry.Name == name);
        object?[] arguments = [.. forward.Inputs.Select(input => Shaped(input))];
        MethodInfo method = model.GetType().GetMethods().First(method => method.Name == name && method.ReturnType != typeof(void) && method.GetParameters().Length == arguments.Length);
        object compiled = method.Invoke(model, arguments)!;
        float[] expected = Eager(name, default).ToArray();
        float[] actual = [.. compiled is float number ? [number] : ((Array)compiled).Cast<float>()];
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Near(pair.First, pair.Second, tolerance));
    }

    /// <summary>Runs a method eagerly, from states of zeros if it has any; a parameter that is no input is the result of the forward method of that name.</summary>
    public Tensor Eager(string name, EagerMode mode)
    {
        Type type = model.GetType().GetProperty("Eager")!.PropertyType;
        MethodInfo method = type.GetMethods().Where(method => method.Name == name).MinBy(method => method.GetParameters().Length)!;
        object[] arguments = [.. method.GetParameters().Select(parameter => Argument(parameter.Name!, mode))];
        return (Tensor)method.Invoke(Activator.CreateInstance(type, model, mode), arguments)!;
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"expected {expected}, but got {actual}");

    private double Error(Parameter parameter, EagerMode mode) =>
        entry.TrainsParameter(parameter.Name)
            ? GradientCheck.Error(GradientCheck.Gradient(model, parameter.Name, changed => Eager(entry.Name, changed), mode), parameter.Gradient)
            : 0;

    private object Argument(string name, EagerMode mode)
    {
        if (!inputs.TryGetValue(name, out Array? values))
        {
            return Eager(char.ToUpperInvariant(name[0]) + name[1..], mode);
        }

        int[] shape = Shape(entry.Inputs.Single(input => input.Name == name));
        return values is int[] ints ? Tensor.From(ints, shape) : Tensor.From((float[])values, shape);
    }

    private Array Shaped(TensorDescription input)
    {
        Array values = inputs[input.Name];
        Array shaped = Array.CreateInstance(values.GetType().GetElementType()!, Shape(input));
        Buffer.BlockCopy(values, 0, shaped, 0, values.Length * sizeof(float));
        return shaped;
    }

    private DataColumn Column(TensorDescription input, Random random, int classes)
    {
        int count = Shape(input).Aggregate(1, (product, size) => product * size);
        inputs[input.Name] = input.Type == ElementType.Int
            ? Enumerable.Range(0, count).Select(_ => random.Next(classes)).ToArray()
            : Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
        return inputs[input.Name] is int[] ints ? ints : (float[])inputs[input.Name];
    }

    private int[] Shape(TensorDescription input) => [.. input.Dimensions.Select(dimension => dimension.Evaluate(entry.Dimensions, sizes))];
}
