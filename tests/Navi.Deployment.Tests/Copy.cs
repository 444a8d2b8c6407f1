using Navi.Testing;

namespace Navi.Deployment.Tests;

/// <summary>Parts of the tree in a temporary place, where a fault may be planted.</summary>
internal sealed class Copy : IDisposable
{
    /// <param name="parts">Files and directories of the tree.</param>
    public Copy(params string[] parts)
    {
        foreach (var part in parts)
        {
            var from = Path.Combine(SourceTree.Root, part);
            if (File.Exists(from))
                CopyFile(part);
            else
                foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
                    CopyFile(Path.GetRelativePath(SourceTree.Root, file));
        }
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("navi-deploy-").FullName;

    /// <summary>Changes a file's text; the text to change must be there.</summary>
    public void Plant(string file, string text, string instead)
    {
        var path = Path.Combine(Root, file);
        var before = File.ReadAllText(path);
        Assert.Contains(text, before, StringComparison.Ordinal);
        File.WriteAllText(path, before.Replace(text, instead, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void CopyFile(string file)
    {
        var to = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(Path.Combine(SourceTree.Root, file), to);
    }
}
