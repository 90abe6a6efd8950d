using System.Collections.Generic;

namespace ModelGen.Tests.Diagnostics;

/// <summary>Sources with errors. What a diagnostic must underline stands between « and »; the id follows in the list.</summary>
internal static class Broken
{
    /// <summary>A model around one method body, with two layers and a modules array.</summary>
    public static string Body(string body) => Class($$"""
        [Dense(4)] private partial Tensor Fc1(Tensor x);
        [Dense(4)] private partial Tensor Fc2(Tensor x);
        [Repeat(2)] private partial Block[] Blocks { get; }
        private int counter;
        private Tensor Use(Tensor x) { foreach (var block in Blocks) x = block.Forward(x); return Fc1(Fc2(x)); }
        [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x) { {{body}} return Use(x); }
        """) + """

        [Module] public sealed partial class Block { [Forward] public Tensor Forward([Shape("batch", "width")] Tensor x) => x; }
        """;

    public static string Class(string members) => "[Model] public sealed partial class Net\n{\n" + members + "\n}";

    /// <summary>A class with a forward method that uses nothing.</summary>
    public static string Beside(string members) => Class(members + "\n[Forward] private Tensor Run1([Shape(\"batch\", 4)] Tensor x) => x;");

    /// <summary>A model with a state and a forward method that uses it.</summary>
    public static string Stateful(string members) => Class(
        "[State(\"batch\", 4)] private partial Tensor Level { get; set; }\n"
        + "[Forward] private Tensor Predict([Shape(\"batch\", 4)] Tensor x) { Level = 0.9 * Level + 0.1 * x; return x - Level; }\n" + members);

    /// <summary>Id, source.</summary>
    public static IEnumerable<(string Id, string Source)> Cases() =>
    [
        ("MG0001", "[Model, Input(\"batch\", 4), Dense(2)] public sealed class «Net»;"),
        ("MG0001", "public class Outer { [Model, Input(\"batch\", 4), Dense(2)] public sealed partial class «Net»; }"),
        ("MG0002", "public partial class Outer<T> { [Model, Input(\"batch\", 4), Dense(2)] public sealed partial class «Net»; }"),
        ("MG0003", Beside("[Dense(«-3»)] private partial Tensor Fc(Tensor x); [Forward] private Tensor P([Shape(2)] Tensor x) => Fc(x);")),
        ("MG0003", Beside("[Dense(«\"4*\"»)] private partial Tensor Fc(Tensor x); [Forward] private Tensor P([Shape(2)] Tensor x) => Fc(x);")),
        ("MG0003", Beside("[Dense(3, InitScale = «double.NaN»)] private partial Tensor Fc(Tensor x); [Forward] private Tensor P([Shape(2)] Tensor x) => Fc(x);")),
        ("MG0003", Beside("[Dense(3, Activation = «(Activation)99»)] private partial Tensor Fc(Tensor x); [Forward] private Tensor P([Shape(2)] Tensor x) => Fc(x);")),
        ("MG0003", Beside("[Embedding(«0», 4)] private partial Tensor Look(Tensor<int> x); [Forward] private Tensor P([Shape(2)] Tensor<int> x) => Look(x);")),
        ("MG0003", Beside("[Lstm(4, Layers = «0»)] private partial Tensor Read(Tensor x); [Forward] private Tensor P([Shape(2, 3, 4)] Tensor x) => Read(x);")),
        ("MG0003", "[Model, Input(\"batch\", 4), Dropout(«1.5»)] public sealed partial class Net;"),
        ("MG0003", "[Model, Input(\"batch\", 4), LayerNorm(Epsilon = «-1»)] public sealed partial class Net;"),
        ("MG0003", Body("").Replace("[Repeat(2)]", "[Repeat(«0»)]")),
        ("MG0004", Class("[Forward] private Tensor Predict(Tensor «image») => image;")),
        ("MG0005", Class("[Forward] private Tensor Predict([Shape(2)] Tensor x) => x; [Loss] private Tensor Loss(Tensor «prediction», [Shape(2)] Tensor target) => Mse(prediction, target);")),
        ("MG0005", Class("[Forward] private (Tensor, Tensor) Predict([Shape(2)] Tensor x) => (x, x); [Loss] private Tensor Loss(Tensor «predict») => Sum(predict);")),
        ("MG0005", Class("[Loss] private Tensor Loss(Tensor «predict») => Sum(predict);")),
        ("MG0006", Beside("[Dense(4)] private partial Tensor «Fc9»(Tensor x);")),
        ("MG0006", Beside("[Parameter(4)] private partial Tensor «Scale» { get; }")),
        ("MG0007", Beside("private static Tensor «Sum»(Tensor x) => x; [Forward] private Tensor P([Shape(2)] Tensor x) => Sum(x);")),
        ("MG0007", Beside("private int «Exp» => 3;")),
        ("MG0008", Class("[Forward] private Tensor «Step»([Shape(2)] Tensor x) => x;")),
        ("MG0008", Beside("private int «Eager» => 3;")),
        ("MG0008", Beside("private int «Parameters»;")),
        ("MG0008", Beside("public «Net»() { }")),
        ("MG0008", Class("[Forward] private Tensor P([Shape(2)] Tensor x) => x; [Forward] private Tensor «P»([Shape(2)] Tensor x, [Shape(2)] Tensor y) => x;")),
        ("MG0008", Stateful("private int «State»;")),
        ("MG0008", Stateful("private int «NewState»;")),
        ("MG0008", Stateful("[State(4)] private partial Tensor «Clone» { get; set; } [Forward] private Tensor Q([Shape(4)] Tensor x) { Clone = x; return x; }")),
        ("MG0008", Stateful("[Forward] private Tensor Q([Shape(\"batch\", 4)] Tensor «Level») { this.Level = Level; return Level; }")),
        ("MG0009", "[Model, Input(\"batch\", 4), Dense(2)] public sealed partial class Net; [«Relu»] public sealed partial class Net;"),
        ("MG0010", Body("«while (true) { }»")),
        ("MG0010", Body("«try { } finally { }»")),
        ("MG0010", Body("«counter» = 3;")),
        ("MG0010", Body("«Fc1(x)»;")),
        ("MG0010", Body("System.Func<Tensor, Tensor> «f = y => y»;")),
        ("MG0010", Body("«Tensor Local(Tensor y) => y;»")),
        ("MG0010", Body("for (int i = 0; i < 3; i++) { if (i == 1) «break;» x = Fc1(x); }")),
        ("MG0010", Body("for (int i = 0; i < 3; i++) { if (i == 1) «return x;» x = Fc1(x); }")),
        ("MG0010", Body("«for» (; ; ) { }")),
        ("MG0010", Body("foreach (int i in «new[] { 1, 2 }») x = x * i;")),
        ("MG0010", Body("x = «x ?? x»;")),
        ("MG0010", Body("x = Use(«x = Fc1(x)»);")),
        ("MG0010", Body("var «block = Blocks[0]»; x = block.Forward(x);")),
        ("MG0010", Body("x = Scan(x, 3, h => { «x» = Fc1(h); return h; }, axis: 0)[0];")),
        ("MG0010", Body("Tensor Local(Tensor y) { «x» = y; return y; } x = Scan(x, 3, Local)[.., 0];")),
        ("MG0010", Body("Tensor Local(Tensor y) => y; x = «Local(x)» + Scan(x, 3, Local)[.., 0];")),
        ("MG0010", Body("x = Scan(x, 3, h => { «while (true) { }» return h; })[.., 0];")),
        ("MG0010", Body("").Replace("private Tensor Use", "private partial Tensor «Bare»(Tensor x); [Forward] private Tensor Q([Shape(4)] Tensor x) => Bare(x); private Tensor Use")),
        ("MG0011", Body("x = «Sofmax»(x);")),
        ("MG0011", Body("x = «Tensor.From(new float[4], [4])»;")),
        ("MG0012", Body("x = x * «counter»;")),
        ("MG0012", Body("for (int i = 0; i < «counter»; i++) x = Fc1(x);")),
        ("MG0012", Body("for (int i = 0; «i < 3»; i--) x = Fc1(x);")),
        ("MG0012", Body("for (int i = 1; i < 8; «i *= 2») x = Fc1(x);")),
        ("MG0012", Body("for (int i = 0; i < 4; i++) x = x[.., «i»..];")),
        ("MG0012", Body("int n = 2; «n» = 3; x = x * n;")),
        ("MG0012", Body("x = Blocks[«2»].Forward(x);")),
        ("MG0012", Body("x = x * «System.Environment.ProcessorCount»;")),
        ("MG0013", Body("if («x > 0») x = Fc1(x);")),
        ("MG0013", Body("x = «x == 0» ? x : Fc1(x);")),
        ("MG0013", Body("if («Sum(x)») x = Fc1(x);")),
        ("MG0014", Class("[Forward] private Tensor P([Shape(2)] Tensor x) => «P(x)»;")),
        ("MG0014", Class("[Forward] private Tensor P([Shape(2)] Tensor x) => A(x); private static Tensor A(Tensor x) => B(x); private static Tensor B(Tensor x) => «A(x)»;")),
        ("MG0014", Body("Tensor Local(Tensor h) => Scan(h, 3, «Local»)[.., 0]; x = Local2(Scan(x, 3, Local)[.., 0]);").Replace("private int counter;", "private static Tensor Local2(Tensor x) => x; private int counter;")),
        ("MG0014", Beside("[Recurrent] private static Tensor Next(Tensor h) => Scan(h, 3, «Next»)[.., 0]; [Forward] private Tensor P([Shape(2, 3)] Tensor x) => Scan(x, 3, Next);")),
        ("MG0014", Body("").Replace("public sealed partial class Block {", "public sealed partial class Block { private partial Block «Inner» { get; }").Replace("=> x;", "=> Inner.Forward(x);")),
        ("MG0015", Class("[Forward] private «int» P([Shape(2)] Tensor x) => 1;")),
        ("MG0015", Class("[Loss] private «(Tensor, Tensor)» L([Shape(2)] Tensor x) => (x, x);")),
        ("MG0015", Class("[Forward] private «void» P([Shape(2)] Tensor x) { }")),
        ("MG0017", "[Model, Dense(2)] public sealed partial class «Net»;"),
        ("MG0017", "[Model, Input(\"batch\", 4)] public sealed partial class «Net»;"),
        ("MG0017", "[Model, «Input()», Dense(2)] public sealed partial class Net;"),
        ("MG0017", "[Model, Input(\"batch\", 4), Dense(2), Mse, «Relu»] public sealed partial class Net;"),
        ("MG0017", "[Model, Input(\"batch\", 4), Dense(2), Mse, «SoftmaxCrossEntropy»] public sealed partial class Net;"),
        ("MG0017", "[Model, Input(\"batch\", 4), Dense(2)] public sealed partial class Net { [Dense(3)] private partial Tensor «Fc»(Tensor x); }"),
        ("MG0017", "[Model, Input(\"batch\", 4), Dense(2)] public sealed partial class Net { [State(\"batch\", 2)] private partial Tensor «Level» { get; set; } }"),
        ("MG0017", "[Module, Input(\"batch\", 4), Dense(2)] public sealed partial class «Net»;"),
        ("MG0018", Class("[Forward] private Tensor P([Shape(«1.5», 2)] Tensor x) => x;")),
        ("MG0018", Class("[Forward] private Tensor P([Shape(2, «typeof(int)»)] Tensor x) => x;")),
        ("MG0018", Class("[Forward] private Tensor P([Shape(«-1»)] Tensor x) => x;")),
        ("MG0018", Class("[Forward] private Tensor P([Shape(«\"batch size\"»)] Tensor x) => x;")),
        ("MG0018", Class("[Forward] private Tensor P([«Shape(null)»] Tensor x) => x;")),
        ("MG0018", "[Model, Input(\"batch\", «true»), Dense(2)] public sealed partial class Net;"),
        ("MG0018", Stateful("").Replace("[State(\"batch\", 4)]", "[State(«\"rows\"», 4)]")),
        ("MG0018", Stateful("").Replace("[State(\"batch\", 4)]", "[State(\"batch\", «\"4*rows\"»)]")),
        ("MG0018", Stateful("").Replace("[State(\"batch\", 4)]", "[State(\"batch\", «0»)]")),
        ("MG0019", "[Model] public sealed partial class «Net» { }"),
        ("MG0019", "[Module] public sealed partial class «Block» { }"),
        ("MG0027", "public class Base; [Model, Input(\"batch\", 4), Dense(2)] public sealed partial class «Net» : Base;"),
        ("MG0028", "[Model, Input(\"batch\", 4), Dense(2)] public static partial class «Net»;"),
        ("MG0028", "[Model, Input(\"batch\", 4), Dense(2)] public sealed partial record «Net»;"),
        ("MG0028", "[Model, Input(\"batch\", 4), Dense(2)] public abstract partial class «Net»;"),
        ("MG0028", "[Model, Input(\"batch\", 4), Dense(2)] public sealed partial class «Net»(int n) { public int N => n; }"),
        ("MG0028", "[Model, Input(\"batch\", 4), Dense(2)] file sealed partial class «Net»;"),
        ("MG0029", Beside("[Dense(4)] private Tensor «Fc»(Tensor x) => x; [Forward] private Tensor P([Shape(2)] Tensor x) => Fc(x);")),
        ("MG0029", Beside("[Dense(4)] private static partial Tensor «Fc»(Tensor x); [Forward] private Tensor P([Shape(2)] Tensor x) => Fc(x);")),
        ("MG0029", Beside("[Dense(4)] private partial int «Fc»(Tensor x); [Forward] private Tensor P([Shape(2)] Tensor x) => x * Fc(x);")),
        ("MG0029", Beside("[Dense(4)] private partial Tensor «Fc»(Tensor<int> x); [Forward] private Tensor P([Shape(2)] Tensor<int> x) => Fc(x);")),
        ("MG0029", Beside("[Embedding(3, 4)] private partial Tensor «Look»(Tensor x); [Forward] private Tensor P([Shape(2)] Tensor x) => Look(x);")),
        ("MG0029", Beside("[Dense(4)] private partial (Tensor, Tensor) «Fc»(Tensor x); [Forward] private Tensor P([Shape(2)] Tensor x) => Fc(x).Item1;")),
        ("MG0029", Beside("[Lstm(4)] private partial (Tensor, Tensor) «Read»(Tensor x); [Forward] private Tensor P([Shape(2, 3, 4)] Tensor x) => Read(x).Item1;")),
        ("MG0029", Beside("[Gru(4)] private partial Tensor «Read»(Tensor x, Tensor a, Tensor b); [Forward] private Tensor P([Shape(2, 3, 4)] Tensor x) => Read(x, x, x);")),
        ("MG0029", Beside("[Dense(4), Relu] private partial Tensor «Fc»(Tensor x); [Forward] private Tensor P([Shape(2)] Tensor x) => Fc(x);")),
        ("MG0029", Beside("[Parameter(4)] private Tensor «Scale» { get; } = null!; [Forward] private Tensor P([Shape(2)] Tensor x) => x * Scale;")),
        ("MG0029", Stateful("").Replace("Level { get; set; }", "«Level» { get; }")),
        ("MG0029", Stateful("").Replace("Level { get; set; }", "«Level» { get; init; }")),
        ("MG0029", Stateful("").Replace("private partial Tensor Level { get; set; }", "private Tensor «Level» { get; set; } = null!;")),
        ("MG0029", Stateful("").Replace("private partial Tensor Level", "private static partial Tensor «Level»")),
        ("MG0029", Stateful("").Replace("private partial Tensor Level", "private partial Tensor<int> «Level»")),
        ("MG0029", Stateful("").Replace("private partial Tensor Level", "[Parameter(4)] private partial Tensor «Level»")),
        ("MG0029", Body("") + " [Module] public sealed partial class Odd { [State(2)] private partial Tensor «Level» { get; set; } [Forward] public Tensor F([Shape(2)] Tensor x) { Level = x; return x; } }"),
        ("MG0029", Body("").Replace("[Repeat(2)] private partial Block[] Blocks", "private partial Block[] «Blocks»")),
        ("MG0029", Body("") + " [Module] public sealed partial class Odd { [Forward] public Tensor F([Shape(2)] Tensor x) => x; [Loss] private Tensor «L»([Shape(2)] Tensor x) => x; }"),
        ("MG0012", Body("x = Scan(x, «x.Shape[0]», h => Fc1(h))[.., 0];")),
        ("MG0029", Beside("[Recurrent] private static Tensor «Next»() => 1f; [Forward] private Tensor P([Shape(2)] Tensor x) => x + Next();")),
        ("MG0029", Beside("[Recurrent] private static Tensor «Next»(Tensor h, Tensor<int> x) => h; [Forward] private Tensor P([Shape(2)] Tensor x, [Shape(2)] Tensor<int> y) => Next(x, y);")),
        ("MG0029", Beside("[Recurrent] private static (Tensor, Tensor, Tensor) «Next»((Tensor, Tensor, Tensor) h) => h; [Forward] private Tensor P([Shape(2)] Tensor x) => Next((x, x, x)).Item1;")),
        ("MG0029", Beside("[Recurrent] private static (Tensor, Tensor) «Next»((Tensor, Tensor) h) => h; [Forward] private Tensor P([Shape(2)] Tensor x) => Next((x, x)).Item1;")),
        ("MG0029", Beside("[Recurrent] private static (Tensor, (Tensor, Tensor)) «Next»(Tensor h) => (h, (h, h)); [Forward] private Tensor P([Shape(2)] Tensor x) => Next(x).Item1;")),
        ("MG0029", Class("[Recurrent, Forward] private Tensor «P»([Shape(2)] Tensor x) => x;")),
        ("MG0030", Body("x = Scan(«0», x, (n, e) => (n, Fc1(Unsqueeze(e, 0))[0])).Steps;")),
        ("MG0030", Class("[Forward] private Tensor P([Shape(2)] Tensor x, int «times») => x * times;")),
        ("MG0030", Class("[Forward] private Tensor P([Shape(2)] ref Tensor «x») => x;")),
        ("MG0034", Stateful("").Replace("Level { get; set; }", "«Level» { get; set; }").Replace("Level = ", "Tensor next = ").Replace("x - Level", "x - Level * next")),
        ("MG0010", Beside("[State(\"batch\", 4)] private partial Tensor Level { get; set; } [Forward] private Tensor P([Shape(\"batch\", \"time\", 4)] Tensor x) => Scan(Level, x, (h, e) => { «Level» = h; return Tanh(h + e); });")),
        ("MG0010", Stateful("private Tensor Note(Tensor x) { «Level» = x; return x; } [Forward] private Tensor P([Shape(\"batch\", 4)] Tensor x) => Scan(x, 3, h => 2 * Note(h));")),
        ("MG0010", Stateful("[Recurrent] private Tensor Next(Tensor h) { (_, «Level») = (h, 2 * h); return h + Level; } [Forward] private Tensor P([Shape(\"batch\", 4)] Tensor x) => Scan(x, 3, Next);")),
        ("MG0012", Body("var parts = Split(x, 2, 1); for (int i = 0; i < 3; i++) «parts = Split(x, 2, 1)»; x = Concat(1, parts[0], parts[1]);")),
        ("MG0022", Body("Tensor[] parts = [x, x]; for (int i = 0; i < 3; i++) «parts = [parts[0]]»; x = parts[0];")),
        ("MG0029", Beside("[Dense(4), Recurrent] private partial Tensor «Next»(Tensor h); [Forward] private Tensor P([Shape(2, 4)] Tensor x) => Scan(x, 3, Next);")),
        ("MG0029", Class("[Dense(4), Forward] private partial Tensor «Next»(Tensor h);")),
        ("MG0006", Beside("[Dense(4)] private partial Tensor «Fc»(Tensor x); [Recurrent] private Tensor Next(Tensor h) => Fc(h);")),
        ("MG0034", Beside("[State(\"batch\", 4)] private partial Tensor «Level» { get; set; } [Recurrent] private Tensor Next(Tensor h) { Level = h; while (true) { } } [Forward] private Tensor P([Shape(\"batch\", 4)] Tensor x) => x + Level;")),
        ("MG0034", Beside("[State(\"batch\", 4)] private partial Tensor «Level» { get; set; } [Loss] private Tensor L([Shape(\"batch\", 4)] Tensor x) { Level += x; return Sum(Level); }")),
        ("MG0030", Class("[Forward] private Tensor P([Shape(2)] Tensor x) => H(null!, x); private static Tensor H(object «o», Tensor x) => x;")),
        ("MG0033", Body("x = Scan(x, 3, «Twice»)[.., 0];").Replace("private int counter;", "private static Tensor Twice(Tensor h) => h * 2; private int counter;")),
        ("MG0033", Body("x = Scan(x, 3, «Fc1»)[.., 0];")),
        ("MG0033", Body("x = Scan(x, 3, «Tanh»)[.., 0];")),
        ("MG0033", Body("x = Scan(x, 3, «Training ? (System.Func<Tensor, Tensor>)Step1 : Step1»)[.., 0];").Replace("private int counter;", "[Recurrent] private static Tensor Step1(Tensor h) => h; private int counter;")),
        ("MG0033", Body("x = Scan(x, 3, «Blocks[0].Forward»)[.., 0];")),
    ];
}
