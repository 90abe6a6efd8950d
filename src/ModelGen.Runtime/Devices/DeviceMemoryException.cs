using System;

namespace ModelGen;

/// <summary>A device has not enough memory. Nothing has been changed; what the device holds stays usable.</summary>
public sealed class DeviceMemoryException : DeviceException
{
    /// <summary>Initializes a new instance of the <see cref="DeviceMemoryException"/> class.</summary>
    public DeviceMemoryException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="DeviceMemoryException"/> class.</summary>
    /// <param name="message">What happened.</param>
    public DeviceMemoryException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="DeviceMemoryException"/> class.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public DeviceMemoryException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the bytes that were asked for, or 0 where a kernel needed them.</summary>
    public long Requested { get; init; }

    /// <summary>Gets the bytes that were free, or null where the driver does not tell.</summary>
    public long? Free { get; init; }
}
