using System;
using System.Runtime.InteropServices;
using ModelGen.Cpu;

namespace ModelGen.Runtime.Tests.Cpu;

/// <summary>A page of memory followed by one that faults when touched.</summary>
internal sealed unsafe partial class GuardedPage : IDisposable
{
    private const int PageSize = 1 << 16;
    private readonly byte* memory;

    public GuardedPage()
    {
        const int ReadWrite = 3, PrivateAnonymous = 0x22;
        memory = (byte*)Map(0, 2 * PageSize, ReadWrite, PrivateAnonymous, -1, 0);
        if ((nint)memory == -1 || Protect((nint)(memory + PageSize), PageSize, 0) != 0)
        {
            throw new InvalidOperationException("No guarded page.");
        }
    }

    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>The last floats before the guard.</summary>
    public Buffer<float> Last(int count) => new((float*)(memory + PageSize) - count);

    public void Dispose() => _ = Unmap((nint)memory, 2 * PageSize);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);
}
