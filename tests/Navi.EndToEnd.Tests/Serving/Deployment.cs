using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Navi.EndToEnd.Tests.Cli;
using Navi.Testing;

namespace Navi.EndToEnd.Tests.Serving;

/// <summary>What an operator gives <c>navi serve</c>: a database with a login of its own, a key file, a caller's token, and the environment variables that name them.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private readonly List<NaviProcess> started = [];

    private Deployment(TestDatabase database)
    {
        Database = database;
        Directory = System.IO.Directory.CreateTempSubdirectory("navi-serve-").FullName;
        Key = Path.Combine(Directory, "keys", "main");
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(Key)!);
        WriteKey(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        Token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        Environment = new()
        {
            ["Navi__Environment"] = "Production", ["Navi__Home"] = Path.Combine(Directory, "home"), ["Navi__Database__ConnectionString"] = database.ConnectionString,
            ["Navi__Encryption__KeyDirectory"] = Path.GetDirectoryName(Key)!, ["Navi__Encryption__KeyId"] = "main",
            ["Navi__Identity__Tokens__0__Sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token))),
            ["Navi__Identity__Tokens__0__User"] = "ada", ["Navi__Identity__Tokens__0__Organisation"] = "acme", ["Navi__Identity__Tokens__0__Roles__0"] = "admin",
            ["Navi__Telemetry__Organisation"] = "acme", ["Navi__Serve__Urls"] = "http://127.0.0.1:0", ["Navi__Serve__DrainSeconds"] = "15",
            ["NAVI_HOME"] = Path.Combine(Directory, "nobody's"), ["NAVI_CONFIG_HOME"] = Path.Combine(Directory, "nobody's"),
        };
    }

    public TestDatabase Database { get; }

    public string Directory { get; }

    /// <summary>The key file.</summary>
    public string Key { get; }

    public string Token { get; }

    public Dictionary<string, string> Environment { get; }

    public static async Task<Deployment> CreateAsync(TestDatabase? database = null) => new(database ?? await TestDatabase.CreateDeployedAsync());

    public void WriteKey(string text)
    {
        File.WriteAllText(Key, text);
        File.SetUnixFileMode(Key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Puts a person's machine in place of the deployment: the environment Local and its token, so that repositories may be directories.</summary>
    public void BecomeLocal()
    {
        Environment["Navi__Environment"] = "Local";
        Environment["Navi__Telemetry__Organisation"] = "local";
        Environment["Navi__Identity__LocalToken"] = Token;
        foreach (var name in Environment.Keys.Where(k => k.StartsWith("Navi__Identity__Tokens", StringComparison.Ordinal)).ToList())
            Environment.Remove(name);
    }

    public NaviProcess Start(params string[] arguments)
    {
        var process = NaviProcess.Start(Environment, Directory, arguments);
        started.Add(process);
        return process;
    }

    /// <summary>Starts <c>navi serve</c> and waits until it says where it serves.</summary>
    public async Task<(NaviProcess Process, HttpClient Http)> ServeAsync(HttpMessageHandler? handler = null)
    {
        var process = Start("serve");
        Uri? address = null;
        await Wait.UntilAsync(
            () =>
            {
                address = Lines(process).Where(l => l["event"]!.GetValue<int>() == 4611).Select(l => new Uri(l["address"]!.ToString())).FirstOrDefault();
                return Task.FromResult(address is not null || process.HasExited);
            }, () => $"navi serve did not say where it serves: {process.Output} {process.Error}");
        Assert.True(address is not null, $"navi serve ended: {process.Output} {process.Error}");
        var http = new HttpClient(handler ?? new HttpClientHandler()) { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return (process, http);
    }

    /// <summary>Every line of the log; one that is no JSON object fails.</summary>
    public static IReadOnlyList<JsonNode> Lines(NaviProcess process)
    {
        // The last line may be only half there.
        var text = process.Output;
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => (JsonNode)JsonNode.Parse(l)!.AsObject())];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in started)
            await process.DisposeAsync();
        await Database.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
