using ModelGen;

namespace Quickstart;

/// <summary>Tells ten kinds of clothes apart on grey pictures of 28 × 28 pixels.</summary>
/// <remarks>
/// This is the whole model. The class is its attributes, read from top to bottom: 784 pixels go through a layer of 128 neurons and a layer
/// of ten, one score per kind. "batch" is open: any number of pictures may come at once; all other sizes are known to the build, which
/// checks that the layers fit each other and writes the rest of the class: Predict, Data, Fit, Evaluate, Save, Load.
/// </remarks>
[Model, Input("batch", 784)]
[Dense(128), Relu, Dropout(0.1), Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class ClothingClassifier;
