namespace Navi.LoadTests.Watching;

/// <summary>How much disk a directory takes.</summary>
internal static class DiskUse
{
    private const long Block = 4096;

    /// <summary>Bytes of its files, each rounded up to blocks of 4 KiB; links are not followed.</summary>
    public static long Of(string directory) => Directory.Exists(directory)
        ? new DirectoryInfo(directory).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Sum(f => (f.Length + Block - 1) / Block * Block)
        : 0;
}
