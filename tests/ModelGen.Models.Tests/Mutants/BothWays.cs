using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ModelGen.Entries;

namespace ModelGen.Models.Tests.Mutants;

/// <summary>An entry of any model run compiled and eagerly on the same random inputs.</summary>
internal sealed class BothWays
{
    private const double Tolerance = 1e-3;

    private readonly Model model;
    private readonly Entry entry;
    private readonly int[] sizes;
    private readonly Dictionary<string, Array> inputs = [];

    public BothWays(Model model, Entry entry, int seed)
    {
        (this.model, this.entry) = (model, entry);
        sizes = [.. Enumerable.Range(0, entry.Dimensions.Length).Select(dimension => 2 + ((dimension + seed) % 3))];
        Random random = new(seed);
        foreach (TensorDescription input in entry.Inputs)
        {
            inputs[input.Name] = Values(input, random);
        }
    }

    /// <summary>Null where both give the same numbers or both refuse the inputs; else what differs.</summary>
    public string? Difference()
    {
        EagerMode mode = entry is LossEntry ? new() { Training = true, Step = model.TrainingCalls } : default;
        float[]? compiled = Try(entry is LossEntry loss ? () => [Loss(loss)] : Forward, out Exception? compiledError);
        float[]? eager = Try(() => Flat(Eager(entry.Name, mode)), out Exception? eagerError);
        if (compiledError is NonFiniteException && eager?.All(float.IsFinite) == false)
        {
            return null;
        }

        if (compiled is null || eager is null)
        {
            return compiled is null && eager is null ? null : $"compiled {Text(compiledError)}, eager {Text(eagerError)}";
        }

        if (compiled.Length != eager.Length)
        {
            return $"{compiled.Length} numbers compiled, {eager.Length} eagerly";
        }

        double scale = Math.Max(1, eager.Where(float.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max());
        int at = Enumerable.Range(0, eager.Length).FirstOrDefault(index => !IsNear(eager[index], compiled[index], Tolerance * scale), -1);
        return at < 0 || IsIllConditioned(mode, at, eager[at], compiled[at]) ? null : $"[{at}] is {compiled[at]} compiled and {eager[at]} eagerly";
    }

    /// <summary>Whether inputs that differ in their last digits change a number as much: then it is made of rounding errors, 0 / 0 for example.</summary>
    private bool IsIllConditioned(EagerMode mode, int at, float eager, float compiled)
    {
        Random random = new(at);
        double most = 0;
        for (int trial = 0; trial < 4; trial++)
        {
            foreach (float[] values in inputs.Values.OfType<float[]>())
            {
                for (int index = 0; index < values.Length; index++)
                {
                    values[index] *= 1 + ((random.NextSingle() - 0.5f) * 4e-6f);
                }
            }

            most = Math.Max(most, Math.Abs(Flat(Eager(entry.Name, mode))[at] - (double)eager));
        }

        return double.IsNaN(most) || 100 * most >= Math.Abs((double)eager - compiled);
    }

    private static bool IsNear(float expected, float actual, double tolerance) =>
        float.IsFinite(expected) && float.IsFinite(actual)
            ? Math.Abs((double)expected - actual) <= tolerance
            : expected.Equals(actual) || Math.Abs(expected) > 1e37 || Math.Abs(actual) > 1e37;

    private static float[]? Try(Func<float[]> run, out Exception? error)
    {
        try
        {
            error = null;
            return run();
        }
        catch (Exception thrown)
        {
            error = thrown is TargetInvocationException ? thrown.InnerException! : thrown;
            return null;
        }
    }

    private static string Text(Exception? error) => error is null ? "gives numbers" : $"throws {error.GetType().Name}: {error.Message}";

    private float[] Forward()
    {
        MethodInfo method = model.GetType().GetMethods().First(method => method.Name == entry.Name && method.ReturnType != typeof(void));
        return Flat(method.Invoke(model, [.. method.GetParameters().Select(parameter => Passed(parameter.Name!))])!);
    }

    /// <summary>What a compiled method takes: arrays of the inputs' ranks, and numbers for dimensions that those do not tell.</summary>
    private object Passed(string name)
    {
        if (!inputs.TryGetValue(name, out Array? values))
        {
            return sizes[entry.Dimensions.IndexOf(name)];
        }

        Array shaped = Array.CreateInstance(values.GetType().GetElementType()!, Shape(name));
        Buffer.BlockCopy(values, 0, shaped, 0, values.Length * sizeof(float));
        return shaped;
    }

    private float Loss(LossEntry loss)
    {
        DataColumn[] columns = [.. loss.Inputs.Select(input => inputs[input.Name] is int[] ints ? (DataColumn)ints : (float[])inputs[input.Name])];
        Dataset data = new(loss, sizes.AsSpan(1), columns);
        Batch batch = data.NewBatch(sizes[0]);
        data.Fill(batch, [.. Enumerable.Range(0, sizes[0])]);
        return model.Gradients(loss, batch);
    }

    private object Eager(string name, EagerMode mode)
    {
        Type type = model.GetType().GetProperty("Eager")!.PropertyType;
        MethodInfo method = type.GetMethod(name)!;
        object[] arguments = [.. method.GetParameters().Select(parameter => Argument(parameter.Name!, mode))];
        return method.Invoke(Activator.CreateInstance(type, model, mode), arguments)!;
    }

    /// <summary>An input, or the result of the forward method of that name.</summary>
    private object Argument(string name, EagerMode mode) =>
        inputs.TryGetValue(name, out Array? values) ? AsTensor(values, Shape(name)) : Eager(char.ToUpperInvariant(name[0]) + name[1..], mode);

    private static object AsTensor(Array values, int[] shape) => values is int[] ints ? Tensor.From(ints, shape) : Tensor.From((float[])values, shape);

    private static float[] Flat(object value) => value switch
    {
        float number => [number],
        Array array => [.. array.Cast<object>().Select(Convert.ToSingle)],
        Tensor tensor => tensor.ToArray(),
        System.Runtime.CompilerServices.ITuple tuple => [.. Enumerable.Range(0, tuple.Length).SelectMany(index => Flat(tuple[index]!))],
        _ => throw new NotSupportedException(value.GetType().ToString()),
    };

    private Array Values(TensorDescription input, Random random)
    {
        int count = Shape(input.Name).Aggregate(1, (product, size) => product * size);
        return input.Type == ElementType.Int
            ? Enumerable.Range(0, count).Select(_ => random.Next(3)).ToArray()
            : Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1).ToArray();
    }

    private int[] Shape(string input) => [.. entry.Inputs.Single(one => one.Name == input).Dimensions.Select(dimension => dimension.Evaluate(entry.Dimensions, sizes))];
}
