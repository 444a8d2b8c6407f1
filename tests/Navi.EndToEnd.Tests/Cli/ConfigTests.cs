using System.Text.Json.Nodes;

namespace Navi.EndToEnd.Tests.Cli;

public sealed class ConfigTests : IAsyncLifetime
{
    private Commands cli = null!;

    public async ValueTask InitializeAsync() => cli = await Commands.CreateAsync();

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Fact]
    public async Task List_EverySource_IsNamedAndSecretsAreMasked()
    {
        await cli.RunAsync(0, "config", "set", "mode", "deep");
        var listed = await cli.RunAsync(0, "config", "list", "--json", "--no-color");
        var settings = JsonNode.Parse(listed.Output)!.AsArray().ToDictionary(s => s!["key"]!.ToString(), s => (Value: s!["value"]?.ToString(), Source: s["source"]!.ToString()));
        Assert.Equal(("deep", "file"), settings["mode"]);
        Assert.Equal("environment", settings["url"].Source);
        Assert.Equal(("true", "flag"), settings["no_color"]);
        Assert.Equal(("text", "default"), settings["output"]);
        Assert.Equal("********", settings["token"].Value);
        Assert.DoesNotContain(ScriptedNavi.Token, listed.Output);
    }

    [Theory]
    [InlineData("colour", "red", "There is no setting 'colour'")]
    [InlineData("mode", "turbo", "must be one of auto, fast, deep, private")]
    [InlineData("timeout_seconds", "0", "from 1 to 600")]
    [InlineData("url", "localhost", "http or https")]
    [InlineData("token", "abc", "is a secret")]
    public async Task Set_UnknownKeyOrWrongValue_ExitsTwoAndSaysWhatIsRight(string key, string value, string said) =>
        Assert.Contains(said, (await cli.RunAsync(2, "config", "set", key, value)).Error);

    [Fact]
    public async Task Settings_FromTheFile_HoldAndAreTakenOut()
    {
        cli.Environment.Remove("NAVI_URL");
        await cli.RunAsync(0, "config", "set", "url", cli.Navi.Address.ToString());
        await cli.RunAsync(0, "config", "set", "output", "json");
        Assert.Equal(ScriptedNavi.TaskId, JsonNode.Parse((await cli.RunAsync(0, "tasks")).Output)!["items"]![0]!["id"]!.ToString());
        await cli.RunAsync(0, "config", "unset", "output");
        Assert.Contains("REPOSITORY", (await cli.RunAsync(0, "tasks")).Output);
        Assert.Equal(Path.Combine(cli.Environment["NAVI_CONFIG_HOME"], "config.json"), (await cli.RunAsync(0, "config", "path")).Output.Trim());
    }

    [Fact]
    public async Task Url_Flag_WinsOverTheEnvironment()
    {
        var url = cli.Environment["NAVI_URL"];
        cli.Environment["NAVI_URL"] = "http://127.0.0.1:1";
        Assert.Contains(ScriptedNavi.TaskId, (await cli.RunAsync(0, "tasks", "--url", url)).Output);
        Assert.Contains("--url: url is 'ftp://x'", (await cli.RunAsync(2, "tasks", "--url", "ftp://x")).Error);
    }

    [Fact]
    public async Task Settings_FileIsBroken_IsNamedWithTheRemedy()
    {
        Directory.CreateDirectory(cli.Environment["NAVI_CONFIG_HOME"]);
        await File.WriteAllTextAsync(Path.Combine(cli.Environment["NAVI_CONFIG_HOME"], "config.json"), """{ "colour": "red" }""", TestContext.Current.CancellationToken);
        Assert.Contains("navi config unset colour", (await cli.RunAsync(2, "tasks")).Error);
        await cli.RunAsync(0, "config", "unset", "colour");
        await cli.RunAsync(0, "tasks");
    }
}
