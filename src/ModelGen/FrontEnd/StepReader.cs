using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads the step of a <c>Scan</c>: a lambda, a local function, or the name of a method with <c>[Recurrent]</c>.</summary>
internal sealed class StepReader(ClassScope scope, string caller)
{
    private readonly Reading reading = scope.Reading;

    /// <summary>Whether a local function is handed to a word somewhere in its method.</summary>
    public static bool IsStep(ILocalFunctionOperation function)
    {
        IOperation root = function;
        while (root.Parent is IOperation parent)
        {
            root = parent;
        }

        return root.Descendants().OfType<IMethodReferenceOperation>().Any(reference => SymbolEqualityComparer.Default.Equals(reference.Method.OriginalDefinition, function.Symbol));
    }

    public Expression Read(IOperation argument)
    {
        IOperation step = ExpressionReader.Unconverted(argument);
        step = step is IDelegateCreationOperation creation ? ExpressionReader.Unconverted(creation.Target) : step;
        return step switch
        {
            IAnonymousFunctionOperation lambda => Lambda(lambda.Symbol, lambda.Body, lambda),
            IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } reference => Local(reference),
            IMethodReferenceOperation reference => Method(reference),
            IInvalidOperation => Unknown(step),
            _ => Reject(step, "write a lambda or the name of a [Recurrent] method in its place"),
        };
    }

    /// <summary>The text of a call without the bodies of its lambdas: <c>Scan(first, x, (h, x) => …)</c>.</summary>
    public static string Shortened(IInvocationOperation call, string text)
    {
        foreach (IArgumentOperation argument in call.Arguments.Where(argument => argument.Parameter?.Type.TypeKind == TypeKind.Delegate))
        {
            if (argument.Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda })
            {
                text = text.Replace(SourceText.Of(lambda.Syntax), "(" + string.Join(", ", lambda.Symbol.Parameters.Select(parameter => parameter.Name)) + ") => …");
            }
        }

        return text;
    }

    private LambdaExpression Lambda(IMethodSymbol function, IBlockOperation body, IOperation at) =>
        new(
            function.Parameters.Select(parameter => LocalReader.NameOf(reading, parameter)).ToEquatableArray(),
            States(function),
            RecurrentRules.HasOutput(function),
            new StatementReader(scope, caller, function).Read(body.Operations),
            SourceText.Of(at.Syntax),
            reading.PlaceOf(at.Syntax));

    private Expression Local(IMethodReferenceOperation reference)
    {
        IMethodSymbol function = reference.Method;
        if (scope.OpenSteps.Contains(function, SymbolEqualityComparer.Default))
        {
            reading.Report(DiagnosticCatalog.RecursiveCall, reference.Syntax, function.Name, string.Join(" → ", scope.OpenSteps.Append(function).Select(step => step.Name)));
            return Unknown(reference);
        }

        SyntaxNode? syntax = function.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(reading.Cancellation);
        if (syntax is null || function.IsGenericMethod || reading.SemanticModelOf(syntax).GetOperation(syntax, reading.Cancellation) is not ILocalFunctionOperation { Body: { } body })
        {
            return Reject(reference, "write it without type parameters, and with a body");
        }

        scope.OpenSteps.Add(function);
        LambdaExpression step = Lambda(function, body, reference);
        scope.OpenSteps.RemoveAt(scope.OpenSteps.Count - 1);
        return step;
    }

    private Expression Method(IMethodReferenceOperation reference)
    {
        IMethodSymbol method = reference.Method;
        if (RecurrentRules.IsRecurrent(method) && Vocabulary.FindLayer(method) is not null)
        {
            // Its declaration is reported.
            scope.Use(method.Name);
            return Unknown(reference);
        }

        bool isOwn = reference.Instance is null || (reference.Instance is IInstanceReferenceOperation && SymbolEqualityComparer.Default.Equals(method.ContainingType, scope.Type));
        if (!isOwn || method.DeclaringSyntaxReferences.Length == 0 || scope.Layers.ContainsKey(method))
        {
            string parameters = string.Join(", ", method.Parameters.Select((parameter, index) => index == 0 ? "state" : parameter.Name));
            return Reject(reference, $"write a lambda around it: ({parameters}) => {SourceText.Of(reference.Syntax)}({parameters})");
        }

        if (!RecurrentRules.IsRecurrent(method))
        {
            return Reject(reference, $"mark '{method.Name}' with [Recurrent]");
        }

        string key = scope.Methods.Request(method);
        int place = reading.PlaceOf(reference.Syntax);
        scope.Methods.Calls.Add(new MethodCall(caller, key, place));
        return new MethodExpression(key, States(method), RecurrentRules.HasOutput(method), SourceText.Of(reference.Syntax), place);
    }

    /// <summary>What the states are called: after the parameter, or after the elements of its tuple.</summary>
    private static EquatableArray<string> States(IMethodSymbol step)
    {
        IEnumerable<string> names = step.Parameters.FirstOrDefault() is not IParameterSymbol state ? []
            : state.Type is INamedTypeSymbol { IsTupleType: true } tuple
                ? tuple.TupleElements.Select((element, index) => element.IsExplicitlyNamedTupleElement ? InputReader.CamelCase(element.Name) : state.Name + (index + 1))
            : [state.Name];
        return names.ToEquatableArray();
    }

    private Expression Reject(IOperation step, string fix)
    {
        reading.Report(DiagnosticCatalog.WrongStep, step.Syntax, SourceText.Of(step.Syntax), fix);
        return Unknown(step);
    }

    private NameExpression Unknown(IOperation step)
    {
        reading.HasErrors = true;
        return new NameExpression("?", SourceText.Of(step.Syntax), reading.PlaceOf(step.Syntax));
    }
}
