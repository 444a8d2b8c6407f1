using Navi.Testing;

namespace Navi.Deployment.Tests;

/// <summary>A copy of the parts of the repository that the checks read, to plant faults in.</summary>
internal sealed class CopiedTree : IDisposable
{
    private static readonly string[] Parts = ["k8s-keda", "platform/Data/Migrations", "portable/durable/Schema", "host.json"];

    public CopiedTree(params ReadOnlySpan<string> more)
    {
        foreach (var part in (string[])[.. Parts, .. more])
            Copy(Path.Combine(SourceTree.Root, part), Path.Combine(Root, part));
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("navi-deployment-").FullName;

    /// <summary>Puts another text in the place of one that is there.</summary>
    /// <param name="file">From the repository's root.</param>
    /// <param name="old">What must be there; its first occurrence is replaced.</param>
    /// <param name="put">What is there then.</param>
    public void Replace(string file, string old, string put)
    {
        var path = Path.Combine(Root, file);
        var text = File.ReadAllText(path);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} has no '{old}'.");
        File.WriteAllText(path, text[..at] + put + text[(at + old.Length)..]);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>Copies a file, or a folder without what builds make in it.</summary>
    public static void Copy(string from, string to)
    {
        if (File.Exists(from))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
            return;
        }
        Directory.CreateDirectory(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos().Where(e => e.Name is not ("bin" or "obj")))
            Copy(entry.FullName, Path.Combine(to, entry.Name));
    }
}
