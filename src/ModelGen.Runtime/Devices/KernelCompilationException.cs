using System;

namespace ModelGen;

/// <summary>A kernel could not be compiled for a device.</summary>
public sealed class KernelCompilationException : DeviceException
{
    /// <summary>Initializes a new instance of the <see cref="KernelCompilationException"/> class.</summary>
    public KernelCompilationException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="KernelCompilationException"/> class.</summary>
    /// <param name="message">What happened.</param>
    public KernelCompilationException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="KernelCompilationException"/> class.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public KernelCompilationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the kernel's name as words.</summary>
    public string? Kernel { get; init; }

    /// <summary>Gets the user's expression that the kernel computes, or null for the runtime's own kernels.</summary>
    public string? Expression { get; init; }

    /// <summary>Gets what the compiler said, or null where it said nothing.</summary>
    public string? Log { get; init; }
}
