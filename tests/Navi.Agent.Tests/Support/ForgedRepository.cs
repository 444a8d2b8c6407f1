using System.Diagnostics;
using System.Text;

namespace Navi.Agent.Tests.Support;

/// <summary>A bare repository whose trees are written byte by byte, so that they can be what git would never make.</summary>
internal sealed class ForgedRepository : IDisposable
{
    private readonly TempDirectory directory = new();

    public ForgedRepository() => Git([], "init", "--quiet", "--bare", "-b", "main", Path);

    public string Path => directory["forged.git"];

    /// <summary>A directory beside the repository, which nothing may write to.</summary>
    public string Outside => Directory.CreateDirectory(directory["outside"]).FullName;

    public string Blob(string content) => Git(Encoding.UTF8.GetBytes(content), "-C", Path, "hash-object", "-w", "--stdin");

    public string Tree(params (string Mode, string Name, string Id)[] entries)
    {
        var content = new MemoryStream();
        foreach (var (mode, name, id) in entries)
        {
            content.Write(Encoding.UTF8.GetBytes($"{mode} {name}\0"));
            content.Write(Convert.FromHexString(id));
        }

        return Git(content.ToArray(), "-C", Path, "hash-object", "-t", "tree", "--literally", "-w", "--stdin");
    }

    /// <summary>Makes a commit of the tree the repository's HEAD.</summary>
    public string Commit(string tree)
    {
        var content = $"tree {tree}\nauthor A <a@localhost.invalid> 1700000000 +0000\ncommitter A <a@localhost.invalid> 1700000000 +0000\n\nforged\n";
        var commit = Git(Encoding.UTF8.GetBytes(content), "-C", Path, "hash-object", "-t", "commit", "--literally", "-w", "--stdin");
        File.WriteAllText(System.IO.Path.Combine(Path, "refs", "heads", "main"), commit + "\n");
        return commit;
    }

    public void Dispose() => directory.Dispose();

    private static string Git(byte[] input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
