using System;

namespace ModelGen;

/// <summary>A device has failed for good: its memory and all that was started on it are lost. Later calls on the device throw this, too.</summary>
/// <remarks>A model's parameters on the host are those that were last read from the device or saved. A new process can use the device again.</remarks>
public sealed class DeviceLostException : DeviceException
{
    /// <summary>Initializes a new instance of the <see cref="DeviceLostException"/> class.</summary>
    public DeviceLostException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="DeviceLostException"/> class.</summary>
    /// <param name="message">What happened.</param>
    public DeviceLostException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="DeviceLostException"/> class.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public DeviceLostException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
