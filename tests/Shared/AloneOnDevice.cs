using Xunit;

namespace ModelGen.TestDevices;

/// <summary>Tests that count what the tests' device does: they run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneOnDevice
{
    public const string Name = "Alone on the device";
}
