using System.Text;
using LibGit2Sharp;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tests.Support;

/// <summary>A repository of a user, made commit by commit.</summary>
internal sealed class SourceFixture : IDisposable
{
    private readonly TempDirectory directory = new();

    public SourceFixture()
    {
        GitSettings.Apply();
        Path = directory["source"];
        Repository.Init(Path);
    }

    public string Path { get; }

    public SourceFixture With(string file, string content) => With(file, Encoding.UTF8.GetBytes(content));

    public SourceFixture With(string file, byte[] content)
    {
        var full = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
        return this;
    }

    public string Commit(string message = "change")
    {
        using var repository = new Repository(Path);
        Commands.Stage(repository, "*");
        var signature = new Signature("Someone", "someone@localhost.invalid", DateTimeOffset.UnixEpoch.AddDays(20_000));
        return repository.Commit(message, signature, signature, new CommitOptions { AllowEmptyCommit = true }).Sha;
    }

    public string Read(string branch, string file)
    {
        using var repository = new Repository(Path);
        return ((Blob)repository.Branches[branch].Tip[file].Target).GetContentText();
    }

    /// <summary>Every file of the repository with its content, .git included, to see what changed.</summary>
    public Dictionary<string, string> Fingerprint() => Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
        .ToDictionary(f => System.IO.Path.GetRelativePath(Path, f), f => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))));

    public void Dispose() => directory.Dispose();
}
