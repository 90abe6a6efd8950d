using Xunit;

namespace ModelGen.Package.Tests;

/// <summary>Packs once for all tests, which then run one after the other.</summary>
[CollectionDefinition(nameof(Packed))]
public sealed class Packed : ICollectionFixture<PackedFixture>;
