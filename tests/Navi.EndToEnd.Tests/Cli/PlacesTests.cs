using System.Diagnostics;
using System.Text.Json;
using Navi.Cli;
using Navi.Cli.Places;

namespace Navi.EndToEnd.Tests.Cli;

public sealed class PlacesTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("navi-places-").FullName;

    private NaviPlaces Places => new(Path.Combine(directory, "home"), Path.Combine(directory, "config"));

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("HOME=/u", false, "/u/.local/share/navi", "/u/.config/navi")]
    [InlineData("HOME=/u", true, "/var/lib/navi", "/u/.config/navi")]
    [InlineData("HOME=/u;XDG_DATA_HOME=/d;XDG_CONFIG_HOME=/c", false, "/d/navi", "/c/navi")]
    [InlineData("HOME=/u;XDG_DATA_HOME=relative", false, "/u/.local/share/navi", "/u/.config/navi")]
    [InlineData("NAVI_HOME=/n;NAVI_CONFIG_HOME=/k;XDG_DATA_HOME=/d", true, "/n", "/k")]
    public void Find_Environment_GivesHomeAndConfiguration(string environment, bool root, string home, string config)
    {
        var variables = environment.Split(';').Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        Assert.Equal(new NaviPlaces(home, config), NaviPlaces.Find(name => variables.GetValueOrDefault(name), root));
    }

    [Fact]
    public void Find_NoHomeAtAll_SaysWhatToSet() =>
        Assert.Contains("NAVI_HOME", Assert.Throws<CliException>(() => NaviPlaces.Find(_ => null, isRoot: false)).Message);

    [Fact]
    public void Token_FirstUse_IsMadeForTheOwnerAloneAndKept()
    {
        Assert.Null(LocalToken.Read(Places));
        var token = LocalToken.ReadOrMake(Places);
        Assert.Equal(64, token.Length);
        Assert.Equal(token, LocalToken.ReadOrMake(Places));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Places.TokenFile));
        Assert.False(LocalToken.IsExposed(Places));
        File.SetUnixFileMode(Places.TokenFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.True(LocalToken.IsExposed(Places));
    }

    [Fact]
    public void Token_EmptyFile_SaysWhatToDo()
    {
        Directory.CreateDirectory(Places.ConfigHome);
        File.WriteAllText(Places.TokenFile, " ");
        Assert.Contains("Delete it", Assert.Throws<CliException>(() => LocalToken.ReadOrMake(Places)).Message);
    }

    [Fact]
    public async Task Token_ManyAtOnce_AllGetTheSame()
    {
        var tokens = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => LocalToken.Read(Places) ?? LocalToken.ReadOrMake(Places))));
        Assert.Single(tokens.Distinct());
    }

    [Fact]
    public void Alive_FilesOfDeadAndOtherProcesses_AreRemoved()
    {
        using var self = Process.GetCurrentProcess();
        Directory.CreateDirectory(Places.Runs);
        File.WriteAllText(Path.Combine(Places.Runs, "1.json"), JsonSerializer.Serialize(new RunFile(1, DateTimeOffset.UnixEpoch, "http://x", "private")));
        File.WriteAllText(Path.Combine(Places.Runs, "2.json"), JsonSerializer.Serialize(new RunFile(int.MaxValue, DateTimeOffset.UnixEpoch, "http://x", "private")));
        File.WriteAllText(Path.Combine(Places.Runs, "3.json"), "half a fi");
        using (RunFiles.Announce(Places, "http://127.0.0.1:5", "private"))
        {
            var run = Assert.Single(RunFiles.Alive(Places));
            Assert.Equal((self.Id, "http://127.0.0.1:5"), (run.Pid, run.Url));
            Assert.Single(Directory.GetFiles(Places.Runs));
        }
        Assert.Empty(RunFiles.Alive(Places));
    }

    [Fact]
    public void DatabaseName_ConnectionString_DoesNotRevealIt()
    {
        Assert.Equal("private", RunFiles.DatabaseName(null));
        Assert.DoesNotContain("secret", RunFiles.DatabaseName("Host=h;Password=secret"));
        Assert.NotEqual(RunFiles.DatabaseName("Host=h"), RunFiles.DatabaseName("Host=g"));
    }
}
