using System;
using System.IO;

namespace ModelGen;

/// <summary>A file of parameters cannot be loaded, or training cannot be resumed from a checkpoint. The model is as it was.</summary>
public sealed class ParameterFileException : IOException
{
    /// <summary>Initializes a new instance of the <see cref="ParameterFileException"/> class.</summary>
    public ParameterFileException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ParameterFileException"/> class.</summary>
    /// <param name="message">What is wrong.</param>
    public ParameterFileException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ParameterFileException"/> class.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What found it.</param>
    public ParameterFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the file, or null where the parameters come from another stream.</summary>
    public string? FileName { get; init; }

    /// <summary>Gets the tensor that is wrong, or null where it is none in particular.</summary>
    public string? Tensor { get; init; }
}
