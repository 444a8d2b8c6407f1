using Navi.Testing;

namespace Navi.Deployment.Tests;

/// <summary>Parts of the repository in a place of their own, in which faults can be planted.</summary>
internal sealed class CopiedTree : IDisposable
{
    /// <summary>What the checks of the manifests and images read.</summary>
    public static readonly string[] Manifests = ["k8s-keda", "platform/Data/Migrations", "portable/durable/Schema", "host.json"];

    /// <param name="parts">Files and folders, from the repository's root.</param>
    public CopiedTree(params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
            Copy(Path.Combine(SourceTree.Root, part), Path.Combine(Root, part));
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("navi-deployment-").FullName;

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Root, file), text);

    /// <summary>Puts another text in the place of one that is there.</summary>
    /// <param name="file">From the repository's root.</param>
    /// <param name="old">What must be there; its first occurrence is replaced.</param>
    /// <param name="put">What is there then.</param>
    public void Replace(string file, string old, string put)
    {
        var text = File.ReadAllText(Path.Combine(Root, file));
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} has no '{old}'.");
        Write(file, text[..at] + put + text[(at + old.Length)..]);
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
