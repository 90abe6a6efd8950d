using System;
using System.IO;
using ModelGen.Entries;

namespace ModelGen;

/// <content>Files of parameters.</content>
public abstract partial class Model
{
    /// <summary>Writes the parameters to a file in the safetensors format.</summary>
    /// <remarks>An existing file is replaced at once or not at all: when writing fails, it stays as it was, and nothing else is left
    /// behind. After a <see cref="DeviceLostException"/> the parameters are those that the host saw last: at the end of the last whole epoch of
    /// <see cref="Fit"/>, or when they were last looked at or saved.</remarks>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">Another thread is changing the parameters.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using ChangeScope scope = HoldStill();
        ParameterFile.Save(this, path);
    }

    /// <summary>Writes the parameters in the safetensors format.</summary>
    /// <param name="stream">Where to.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    /// <exception cref="InvalidOperationException">Another thread is changing the parameters.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using ChangeScope scope = HoldStill();
        ParameterFile.Save(this, stream);
    }

    /// <summary>Reads the parameters from a file in the safetensors format, PyTorch's included: its tensors must have the parameters' names
    /// and shapes.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ParameterFileException">The file is damaged or another model's; no parameter has changed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidOperationException">Another call is changing the parameters.</exception>
    public void Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        Load(stream, path);
    }

    /// <summary>Reads the parameters from a stream in the safetensors format, up to its end.</summary>
    /// <param name="stream">Where from.</param>
    /// <exception cref="ParameterFileException">The contents are damaged or another model's; no parameter has changed.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="InvalidOperationException">Another call is changing the parameters.</exception>
    public void Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Load(stream, null);
    }

    private void Load(Stream stream, string? fileName)
    {
        using ChangeScope scope = BeginChange();
        Execution.Replace(ParameterFile.Load(this, stream, fileName));
    }
}
