using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace Navi.Agent.Code;

/// <summary>The running .NET's own libraries, for code to be bound against; none where the program carries them inside itself.</summary>
internal static class FrameworkLibraries
{
    private static readonly Lazy<IReadOnlyList<MetadataReference>> Loaded = new(Load);

    public static IReadOnlyList<MetadataReference> All => Loaded.Value;

    private static IReadOnlyList<MetadataReference> Load() => RuntimeEnvironment.GetRuntimeDirectory() is not { Length: > 0 } directory || !Directory.Exists(directory) ? [] :
    [
        .. Directory.EnumerateFiles(directory, "*.dll").Where(f => Path.GetFileName(f) is var name && IsLibrary(name) && IsManaged(f)).Select(f => MetadataReference.CreateFromFile(f)),
    ];

    private static bool IsLibrary(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll";

    private static bool IsManaged(string path)
    {
        try
        {
            using var reader = new PEReader(File.OpenRead(path));
            return reader.HasMetadata;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
