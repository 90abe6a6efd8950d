using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.ExceptionServices;
using ModelGen.TestDevices;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace ModelGen.Models.Tests.OnDevice;

/// <summary>The tests of all classes with <see cref="OnEveryDeviceAttribute"/> once more, on an OpenCL device.</summary>
public sealed class OnOpenClTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, (MethodInfo Method, object?[] Row)> Tests = Find().ToDictionary(test => test.Name, test => (test.Method, test.Row));

    public static TheoryData<string> Names() => [.. Tests.Keys];

    [OpenClTheory]
    [MemberData(nameof(Names))]
    public void Holds(string test)
    {
        output.WriteLine($"device: {OpenClDevice.Device}");
        (MethodInfo method, object?[] row) = Tests[test];
        TestDevice.Run(OpenClDevice.Device, () =>
        {
            object? instance = method.IsStatic ? null : Activator.CreateInstance(method.DeclaringType!);
            try
            {
                method.Invoke(instance, row);
            }
            catch (TargetInvocationException failure)
            {
                ExceptionDispatchInfo.Throw(failure.InnerException!);
            }
        });
    }

    private static IEnumerable<(string Name, MethodInfo Method, object?[] Row)> Find() =>
        from type in typeof(OnOpenClTests).Assembly.GetTypes()
        where type.GetCustomAttribute<OnEveryDeviceAttribute>() is not null
        orderby type.FullName
        from method in type.GetMethods()
        where method.GetCustomAttribute<FactAttribute>() is not null && method.GetCustomAttribute<OnProcessorAttribute>() is null
        from row in Rows(method)
        select (Name(method, row), method, row);

    private static IEnumerable<object?[]> Rows(MethodInfo method) =>
        method.GetCustomAttribute<FactAttribute>() is TheoryAttribute ? method.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(method)) : [[]];

    private static string Name(MethodInfo method, object?[] row) =>
        $"{method.DeclaringType!.Name}.{method.Name}" + (row.Length == 0 ? string.Empty : $"({string.Join(", ", row.Select(Text))})");

    private static string Text(object? value) => value is Array array
        ? $"[{string.Join(", ", array.Cast<object>().Select(Text))}]"
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
}
