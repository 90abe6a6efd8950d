using System;

namespace ModelGen;

/// <summary>A device cannot be had, or cannot do what was asked of it. The message says which device, what and what to do.</summary>
/// <remarks>
/// More exactly: <see cref="DeviceMemoryException"/>, <see cref="KernelCompilationException"/> and <see cref="DeviceLostException"/>.
/// </remarks>
public class DeviceException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="DeviceException"/> class.</summary>
    public DeviceException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="DeviceException"/> class.</summary>
    /// <param name="message">What happened.</param>
    public DeviceException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="DeviceException"/> class.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public DeviceException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
