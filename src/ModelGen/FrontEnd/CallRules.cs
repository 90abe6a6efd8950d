using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>What is seen only once all bodies are read: members without a use, calls that lead back to themselves, classes without a
/// method.</summary>
internal static class CallRules
{
    public static void Check(ClassScope scope, bool isModule, EquatableArray<MethodSpec> methods)
    {
        if (!scope.Members.OfType<IMethodSymbol>().Any(method => MethodReader.RoleOf(method) is MethodRole.Forward or MethodRole.Loss))
        {
            string missing = isModule
                ? "method: mark the method that the model calls with [Forward]"
                : "or [Loss] method: mark one, or write a stack with [Input(…)] and layers on the class";
            scope.Reading.Report(DiagnosticCatalog.NotExecutable, scope.Reading.PlaceOf(scope.Type), scope.Type.Name, missing);
            return;
        }

        CheckUse(scope);
        CheckRecursion(scope, methods);
    }

    private static void CheckUse(ClassScope scope)
    {
        IEnumerable<(string Name, int Place)> members = scope.Layers.Values.Select(layer => (layer.Name, layer.Place))
            .Concat(scope.Parameters.Values.Select(parameter => (parameter.Name, parameter.Place)))
            .Concat(scope.States.Values.Select(state => (state.Name, state.Place)))
            .Concat(scope.Children.Values.Select(child => (child.Name, child.Place)));
        foreach ((string name, int place) in members.Where(member => !scope.IsUsed(member.Name)))
        {
            scope.Reading.Report(DiagnosticCatalog.UnusedLayer, place, name);
        }
    }

    private static void CheckRecursion(ClassScope scope, EquatableArray<MethodSpec> methods)
    {
        HashSet<string> done = [];
        ImmutableHashSet<string> words = Vocabulary.Words(scope.Reading.Compilation);
        foreach (MethodSpec method in methods)
        {
            Follow(scope, words, method.Key, [], done);
        }
    }

    /// <summary>A call to a method on the path that led to it closes a circle; it is reported once, at the call that closes it.</summary>
    /// <remarks>Not where a method hides the word that was meant: then its name is what is wrong, and reported.</remarks>
    private static void Follow(ClassScope scope, ImmutableHashSet<string> words, string key, List<string> path, HashSet<string> done)
    {
        path.Add(key);
        foreach (MethodCall call in scope.Methods.Calls.Where(call => call.Caller == key && !done.Contains(call.Callee)))
        {
            int start = path.IndexOf(call.Callee);
            if (start < 0)
            {
                Follow(scope, words, call.Callee, path, done);
            }
            else if (!words.Contains(call.Callee))
            {
                scope.Reading.Report(
                    DiagnosticCatalog.RecursiveCall,
                    call.Place,
                    call.Callee,
                    string.Join(" → ", path.Skip(start).Append(call.Callee)));
            }
        }

        path.RemoveAt(path.Count - 1);
        done.Add(key);
    }
}
