using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Navi.Measuring;

namespace Navi.Drills.Staging;

/// <summary>A simulated provider in a process of its own.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private ChildProcess process;

    private ModelServer(ChildProcess process, string address) => (this.process, Address) = (process, address);

    /// <summary>Where it answers, before and after a crash.</summary>
    public string Address { get; }

    public static async Task<ModelServer> StartAsync(JsonObject scenario, CancellationToken cancellation)
    {
        var address = $"http://127.0.0.1:{FreePort.Take()}";
        var server = new ModelServer(await LaunchAsync(address, cancellation), address);
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
        process = await LaunchAsync(Address, cancellation);
        await SetAsync(scenario, cancellation);
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static Task<ChildProcess> LaunchAsync(string address, CancellationToken cancellation) => ChildProcess.StartAsync(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Navi.SimulatedProviders.dll"), "--urls", address, "--until-input-ends"]), "The simulated provider", cancellation);
}
