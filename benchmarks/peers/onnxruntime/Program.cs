// ONNX Runtime's side of the comparison: `dotnet run -c Release --project benchmarks -- compare` starts it.
using Microsoft.ML.OnnxRuntime;
using ModelGen.Benchmarks.OnnxRuntimePeer;
using ModelGen.Benchmarks.Sides;

SideProgram.Serve($"ONNX Runtime {OrtEnv.Instance().GetVersionString()}", Works.Open);
