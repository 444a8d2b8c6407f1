using Navi.Platform.Telemetry.Gauges;

namespace Navi.Platform.Tests.Telemetry;

/// <summary>How much memory a process may have, by the files that Linux shows it.</summary>
public sealed class MemoryLimitTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("navi-memory-");

    [Theory]
    [InlineData("2147483648\n", null, 2147483648.0)]
    [InlineData("max\n", "1073741824\n", 1073741824.0)]
    [InlineData("max\n", "9223372036854771712\n", 16e9)]
    [InlineData("not a number", null, 16e9)]
    [InlineData(null, null, 16e9)]
    public void Of_FilesOfControlGroups_TakesTheFirstLimit(string? second, string? first, double bytes) =>
        Assert.Equal(bytes, MemoryLimit.Of([Write("memory.max", second), Write("memory.limit_in_bytes", first)], runtime: 12e9, machine: 16e9));

    [Fact]
    public void Of_NothingKnown_IsTheRuntimesFigure() => Assert.Equal(12e9, MemoryLimit.Of([Write("memory.limit_in_bytes", "9223372036854771712")], runtime: 12e9, machine: null));

    [Fact]
    public void Bytes_OnThisMachine_IsPlausible() => Assert.InRange(MemoryLimit.Bytes(), 1 << 27, 1e14);

    public void Dispose() => directory.Delete(recursive: true);

    private string Write(string name, string? content)
    {
        var path = Path.Combine(directory.FullName, name);
        if (content is not null)
            File.WriteAllText(path, content);
        return path;
    }
}
