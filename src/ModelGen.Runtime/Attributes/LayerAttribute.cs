using System;

namespace ModelGen;

/// <summary>What all layers have in common: on a partial method the method is the layer, on a class the layer is the next one of a stack.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute;
