using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using ModelGen.Entries;

namespace ModelGen.Models.Tests.Mutants;

/// <summary>An entry of any model run compiled and eagerly on the same random inputs; with states, also one call after another.</summary>
internal sealed class BothWays
{
    private const double Tolerance = 1e-3;

    private readonly Model model;
    private readonly Entry entry;
    private readonly int[] sizes;
    private readonly Dictionary<string, Array> inputs = [];

    /// <param name="model">The model.</param>
    /// <param name="entry">What is run.</param>
    /// <param name="sizeSet">Which sizes the open dimensions have.</param>
    /// <param name="valueSet">Which values the inputs have.</param>
    public BothWays(Model model, Entry entry, int sizeSet, int valueSet)
    {
        (this.model, this.entry) = (model, entry);
        sizes = [.. Enumerable.Range(0, entry.Dimensions.Length).Select(dimension => 2 + ((dimension + sizeSet) % 3))];
        Random random = new((sizeSet * 100) + valueSet);
        foreach (TensorDescription input in entry.Inputs)
        {
            inputs[input.Name] = Values(input, random);
        }
    }

    /// <summary>Gets a value indicating whether numbers were compared; else both refused the inputs.</summary>
    public bool HasCompared { get; private set; }

    /// <summary>Null where both give the same numbers or both refuse the inputs; else what differs.</summary>
    public string? Difference()
    {
        EagerMode mode = entry is LossEntry ? new() { Training = true, Step = model.TrainingCalls } : default;
        float[]? compiled = Try(entry is LossEntry loss ? () => [Loss(loss)] : Forward, out Exception? compiledError);
        float[]? eager = Try(() => EagerNumbers(mode), out Exception? eagerError);
        HasCompared = compiled is not null || compiledError is NonFiniteException;
        if (compiledError is NonFiniteException && eager?.All(float.IsFinite) == false)
        {
            return null;
        }

        if (compiled is null || eager is null)
        {
            return compiledError is ArgumentException or OverflowException && eager is null ? null : $"compiled {Text(compiledError)}, eager {Text(eagerError)}";
        }

        if (compiled.Length != eager.Length)
        {
            return $"{compiled.Length} numbers compiled, {eager.Length} eagerly";
        }

        int at = Enumerable.Range(0, eager.Length).FirstOrDefault(index => !IsNear(eager[index], compiled[index]) && !IsIllConditioned(mode, index, eager[index], compiled[index]), -1);
        return at < 0 ? null : $"[{at}] is {compiled[at]} compiled and {eager[at]} eagerly";
    }

    /// <summary>Near, or of one kind where one is no number; what is about to overflow may have done so.</summary>
    private static bool IsNear(float expected, float actual) =>
        float.IsFinite(expected) && float.IsFinite(actual)
            ? Math.Abs((double)expected - actual) <= Tolerance * Math.Max(1, Math.Abs((double)expected))
            : expected.Equals(actual) || (Math.Abs(expected) > 1e37 && Math.Abs(actual) > 1e37);

    /// <summary>Whether inputs that differ in their last digits change a number as much: then it is made of rounding errors, 0 / 0 for example.</summary>
    private bool IsIllConditioned(EagerMode mode, int at, float eager, float compiled)
    {
        Dictionary<string, Array> before = new(inputs);
        Random random = new(at);
        List<double> others = [];
        for (int trial = 0; trial < 4; trial++)
        {
            foreach ((string name, Array values) in before)
            {
                inputs[name] = values is float[] numbers ? (float[])[.. numbers.Select(number => number * (1 + ((random.NextSingle() - 0.5f) * 4e-6f)))] : values;
            }

            others.Add(EagerNumbers(mode)[at]);
        }

        foreach ((string name, Array values) in before)
        {
            inputs[name] = values;
        }

        return float.IsFinite(eager) && float.IsFinite(compiled)
            ? others.Any(other => !double.IsFinite(other)) || 100 * others.Max(other => Math.Abs(other - eager)) >= Math.Abs((double)eager - compiled)
            : others.Any(other => double.IsFinite(other) != float.IsFinite(eager));
    }

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

    private float[] Forward() =>
        WithStates(model, method => method.Name == entry.Name && method.ReturnType != typeof(void), parameter => Passed(parameter.Name!));

    private float[] EagerNumbers(EagerMode mode)
    {
        Type type = model.GetType().GetProperty("Eager")!.PropertyType;
        return WithStates(Activator.CreateInstance(type, model, mode)!, method => method.Name == entry.Name, parameter => Argument(parameter.Name!, mode));
    }

    /// <summary>What a method gives, and, if it takes a state, what two calls with one give and leave in it.</summary>
    private float[] WithStates(object target, Func<MethodInfo, bool> isMeant, Func<ParameterInfo, object> argument)
    {
        MethodInfo[] forms = [.. target.GetType().GetMethods().Where(isMeant)];
        MethodInfo plain = forms.First(method => !TakesState(method));
        object[] arguments = [.. plain.GetParameters().Select(argument)];
        List<float> numbers = [.. Flat(plain.Invoke(target, arguments)!)];
        if (forms.FirstOrDefault(TakesState) is { } method)
        {
            MethodInfo make = model.GetType().GetMethod("NewState")!;
            ModelState state = (ModelState)make.Invoke(model, [.. make.GetParameters().Select(size => (object)SizeOf(size.Name!))])!;
            numbers.AddRange(Flat(method.Invoke(target, [state, .. arguments])!));
            numbers.AddRange(Flat(method.Invoke(target, [state, .. arguments])!));
            numbers.AddRange(model.Description.States!.Values.SelectMany(value => state.SpanOf(value.Name).ToArray()));
        }

        return [.. numbers];
    }

    private static bool TakesState(MethodInfo method) => method.GetParameters().Any(parameter => parameter.ParameterType.IsSubclassOf(typeof(ModelState)));

    private int SizeOf(string dimension) => entry.Dimensions.IndexOf(dimension) is >= 0 and int index ? sizes[index] : 2;

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
        MethodInfo method = type.GetMethods().First(method => method.Name == name && !TakesState(method));
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
