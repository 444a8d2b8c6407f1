using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Navi.Drills.Staging;

/// <summary>A simulated provider in a process of its own.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly string directory;
    private readonly string name;
    private StagedProcess process;

    private ModelServer(string directory, string name, int port)
    {
        this.directory = directory;
        this.name = name;
        Address = $"http://127.0.0.1:{port}";
        process = Launch();
    }

    /// <summary>Where it answers, before and after a crash.</summary>
    public string Address { get; }

    public static async Task<ModelServer> StartAsync(string directory, string name, JsonObject scenario, CancellationToken cancellation)
    {
        var server = new ModelServer(directory, name, FreePort.Take());
        await server.process.FirstLine.WaitAsync(TimeSpan.FromMinutes(1), cancellation);
        await server.SetAsync(scenario, cancellation);
        return server;
    }

    /// <summary>Makes it answer by another scenario from now on.</summary>
    public async Task SetAsync(JsonObject scenario, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        using var response = await http.PostAsJsonAsync($"{Address}/_control/scenario", scenario, cancellation);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"The simulated provider refused the scenario: {await response.Content.ReadAsStringAsync(cancellation)}");
    }

    /// <summary>Ends its process as a crash would.</summary>
    public Task KillAsync() => process.KillAsync();

    /// <summary>Starts it again at the same address.</summary>
    public async Task RestartAsync(JsonObject scenario, CancellationToken cancellation)
    {
        await process.DisposeAsync();
        process = Launch();
        await process.FirstLine.WaitAsync(TimeSpan.FromMinutes(1), cancellation);
        await SetAsync(scenario, cancellation);
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private StagedProcess Launch() => StagedProcess.Start(
        "dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Navi.SimulatedProviders.dll"), "--urls", Address], directory, Path.Combine(directory, $"{name}.log"));
}
