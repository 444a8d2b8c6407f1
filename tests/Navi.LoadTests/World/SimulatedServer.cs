using System.Diagnostics;
using System.Text.Json;
using Navi.Measuring;

namespace Navi.LoadTests.World;

/// <summary>The simulated provider in a process of its own, and how NAVI is told of it.</summary>
internal sealed class SimulatedServer : IAsyncDisposable
{
    /// <summary>Name of the model entry.</summary>
    public const string Entry = "simulated";

    private const string Program = "Navi.SimulatedProviders.dll";
    private readonly ChildProcess process;

    private SimulatedServer(ChildProcess process)
    {
        this.process = process;
        Address = new Uri(JsonElement.Parse(process.FirstLine).GetProperty("address").GetString()!);
    }

    public Uri Address { get; }

    public int ProcessId => process.Id;

    /// <summary>The settings of a NAVI that has this provider as its one model, at made-up prices in US dollars for a million tokens.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Navi__Models__Entries__0__Name"] = Entry, ["Navi__Models__Entries__0__Kind"] = "openai_compatible", ["Navi__Models__Entries__0__Endpoint"] = new Uri(Address, "/v1").ToString(),
        ["Navi__Models__Entries__0__Model"] = "simulated-model", ["Navi__Models__Entries__0__ApiKey"] = "simulated",
        ["Navi__Models__Entries__0__Prices__Input"] = "2.5", ["Navi__Models__Entries__0__Prices__CachedInput"] = "1.25", ["Navi__Models__Entries__0__Prices__Output"] = "10",
    };

    /// <summary>Starts it with a scenario in the form of docs/SIMULATED_PROVIDERS.md.</summary>
    public static async Task<SimulatedServer> StartAsync(string home, object scenario, CancellationToken cancellation)
    {
        var file = Path.Combine(home, "scenario.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(scenario), cancellation);
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, Program), "--scenario", file, "--until-input-ends"]);
        return new SimulatedServer(await ChildProcess.StartAsync(info, "The simulated provider", cancellation));
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
