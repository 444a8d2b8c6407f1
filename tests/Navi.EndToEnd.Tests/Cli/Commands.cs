namespace Navi.EndToEnd.Tests.Cli;

/// <summary>Starts commands against a scripted NAVI, in an empty directory of the test.</summary>
internal sealed class Commands : IAsyncDisposable
{
    private readonly List<NaviProcess> started = [];

    private Commands(ScriptedNavi navi)
    {
        Navi = navi;
        Directory = System.IO.Directory.CreateTempSubdirectory("navi-cli-").FullName;
        Environment = new()
        {
            ["NAVI_URL"] = navi.Address.ToString(), ["NAVI_TOKEN"] = ScriptedNavi.Token,
            ["NAVI_HOME"] = Path.Combine(Directory, "home"), ["NAVI_CONFIG_HOME"] = Path.Combine(Directory, "config"), ["NAVI_RETRY_SECONDS"] = "30",
        };
    }

    public ScriptedNavi Navi { get; }

    public string Directory { get; }

    public Dictionary<string, string> Environment { get; }

    public static async Task<Commands> CreateAsync() => new(await ScriptedNavi.StartAsync());

    public NaviProcess Start(params string[] arguments)
    {
        var process = NaviProcess.Start(Environment, Directory, arguments);
        started.Add(process);
        return process;
    }

    /// <summary>Runs to the end with nothing on standard input.</summary>
    public async Task<NaviProcess> RunAsync(int expected, params string[] arguments)
    {
        var process = Start(arguments);
        process.EndInput();
        var code = await process.ExitCodeAsync();
        Assert.True(code == expected, $"Exit code {code} instead of {expected}: {process.Output} {process.Error}");
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in started)
            await process.DisposeAsync();
        await Navi.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
