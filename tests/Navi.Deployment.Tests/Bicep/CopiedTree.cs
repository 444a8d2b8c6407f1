using Navi.Testing;

namespace Navi.Deployment.Tests.Bicep;

/// <summary>Folders of the source tree in a place of their own, in which faults can be planted.</summary>
internal sealed class CopiedTree : IDisposable
{
    public CopiedTree(params string[] folders)
    {
        foreach (var file in folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(SourceTree.Root, f), "*", SearchOption.AllDirectories)))
        {
            var target = Path.Combine(Root, Path.GetRelativePath(SourceTree.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>The copy's root.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("navi-planted-").FullName;

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Root, name), text);

    /// <summary>Replaces one piece of a file; it must be there just once.</summary>
    public void Replace(string name, string right, string wrong)
    {
        var text = File.ReadAllText(Path.Combine(Root, name));
        Assert.Equal(2, text.Split(right).Length);
        Write(name, text.Replace(right, wrong, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
