using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Serialization;

public sealed class SaveTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgen").FullName;

    [Fact]
    public void What_is_saved_is_loaded_again_bit_for_bit()
    {
        using var written = new Probe(lengthA: 33, lengthB: 7, seed: 1);
        using var read = new Probe(lengthA: 33, lengthB: 7, seed: 2);
        written.Parameters["A"].Values[0] = float.NaN;
        written.Parameters["A"].Values[1] = float.NegativeInfinity;
        string path = Path.Combine(folder, "probe.safetensors");
        written.Save(path);
        read.Load(path);
        Assert.Equal(Bits(written), Bits(read));
    }

    [Fact]
    public void A_file_is_the_same_for_the_same_parameters_and_its_data_is_aligned()
    {
        using var model = new Probe(lengthA: 33, lengthB: 7);
        byte[] first = Saved(model);
        Assert.Equal(first, Saved(model));
        Assert.Equal(0, (first.Length - (47 * sizeof(float))) % 8);
        Assert.Equal((byte)'{', first[8]);
    }

    [Fact]
    public void An_earlier_file_is_replaced()
    {
        using var first = new Probe(seed: 1);
        using var second = new Probe(seed: 2);
        string path = Path.Combine(folder, "probe.safetensors");
        first.Save(path);
        second.Save(path);
        first.Load(path);
        Assert.Equal(Bits(second), Bits(first));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void A_disk_that_is_full_anywhere_leaves_the_earlier_file_and_nothing_else()
    {
        using var first = new Probe(lengthA: 20, seed: 1);
        using var second = new Probe(lengthA: 20, seed: 2);
        string path = Path.Combine(folder, "probe.safetensors");
        first.Save(path);
        byte[] before = File.ReadAllBytes(path);
        for (int room = 0; room < before.Length; room += 7)
        {
            Assert.Throws<IOException>(() => ParameterFile.Save(second, path, file => new FullDisk(file, room)));
            Assert.Equal(before, File.ReadAllBytes(path));
            Assert.Equal([path], Directory.GetFileSystemEntries(folder));
        }
    }

    [Fact]
    public void A_real_disk_that_is_full_leaves_the_earlier_file_and_nothing_else()
    {
        if (!OperatingSystem.IsLinux() || !Shell($"mount -t tmpfs -o size=64k tmpfs {folder}"))
        {
            return; // Mounting needs rights that few machines give; the test above stands in.
        }

        try
        {
            using var small = new Probe(lengthA: 12_000);
            string path = Path.Combine(folder, "probe.safetensors");
            small.Save(path);
            byte[] before = File.ReadAllBytes(path);
            Assert.Throws<IOException>(() => small.Save(path));
            Assert.Equal(before, File.ReadAllBytes(path));
            Assert.Equal([path], Directory.GetFileSystemEntries(folder));
            small.Load(path);
        }
        finally
        {
            Shell($"umount {folder}");
        }
    }

    [Fact]
    public void A_missing_folder_or_file_is_the_platforms_own_error()
    {
        using var model = new Probe();
        Assert.Throws<DirectoryNotFoundException>(() => model.Save(Path.Combine(folder, "none", "a.safetensors")));
        Assert.Throws<FileNotFoundException>(() => model.Load(Path.Combine(folder, "none.safetensors")));
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xE3069283u)]
    public void The_checksum_is_Castagnolis(string text, uint expected) =>
        Assert.Equal(expected, Crc32C.Append(Crc32C.Start, System.Text.Encoding.ASCII.GetBytes(text)));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static byte[] Saved(Model model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private static int[] Bits(Model model) =>
        [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray()).Select(BitConverter.SingleToInt32Bits)];

    private static bool Shell(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
