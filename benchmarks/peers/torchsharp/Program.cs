// libtorch's side of the comparison: `dotnet run -c Release --project benchmarks -- compare` starts it.
using ModelGen.Benchmarks.Sides;
using ModelGen.Benchmarks.TorchSharpPeer;
using TorchSharp;

// Loads the library, so that a machine on which that fails gets no greeting.
torch.set_num_threads(1);
using (torch.Tensor one = torch.ones(1))
{
    SideProgram.Serve($"libtorch {torch.__version__}", (threads, words) =>
    {
        torch.set_num_threads(threads);
        return Works.Open(words);
    });
}
