using Navi.Cli;

namespace Navi.EndToEnd.Tests.Cli;

public sealed class RepositoryTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("navi-repo ").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("https://example.org/a.git")]
    [InlineData("ssh://git@example.org/a")]
    [InlineData("git@example.org:a/b.git")]
    [InlineData("file:///srv/a.git")]
    public void Resolve_Url_IsPassedOn(string url) => Assert.Equal(url, Repositories.Resolve(url, onThisMachine: true));

    [Fact]
    public void Resolve_RemoteNavi_PathIsNotLookedAt() => Assert.Equal("/not/here", Repositories.Resolve("/not/here", onThisMachine: false));

    [Fact]
    public void Resolve_WorkTree_IsItsAbsolutePath()
    {
        Directory.CreateDirectory(Path.Combine(directory, ".git"));
        Assert.Equal(directory, Repositories.Resolve(directory + "/sub/..", onThisMachine: true));
    }

    [Fact]
    public void Resolve_Subdirectory_NamesTheRoot()
    {
        Directory.CreateDirectory(Path.Combine(directory, ".git"));
        var sub = Directory.CreateDirectory(Path.Combine(directory, "sub")).FullName;
        Assert.Contains($"--repo '{directory}'", Assert.Throws<CliException>(() => Repositories.Resolve(sub, onThisMachine: true)).Message);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("/does/not/exist", "no directory")]
    public void Resolve_NoRepository_SaysWhatIsWrong(string given, string said)
    {
        var refused = Assert.Throws<CliException>(() => Repositories.Resolve(given, onThisMachine: true));
        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.Contains(said, refused.Message);
    }

    [Fact]
    public void Resolve_PlainDirectory_SaysHowToMakeItARepository() =>
        Assert.Contains("init", Assert.Throws<CliException>(() => Repositories.Resolve(directory, onThisMachine: true)).Message);

    [Theory]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a b", "'/a b'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("", "''")]
    public void Quote_Text_IsOneWordOfTheShell(string text, string quoted) => Assert.Equal(quoted, Shell.Quote(text));
}
