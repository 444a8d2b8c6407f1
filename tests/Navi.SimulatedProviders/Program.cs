using System.Runtime.InteropServices;
using System.Text.Json;
using Navi.SimulatedProviders.Scenarios;
using Navi.SimulatedProviders.Serving;

// Usage: navi-simulated-providers [--urls http://127.0.0.1:0] [--scenario file.json] [--until-input-ends]
string? Option(string name)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}

var scenario = Option("--scenario") is { } file ? Scenario.Read(await File.ReadAllTextAsync(file)) : new Scenario();
await using var server = await SimulatedProvider.StartAsync(scenario, Option("--urls") ?? "http://127.0.0.1:0");
Console.WriteLine(JsonSerializer.Serialize(new { address = server.Address }));
// Who starts it for itself must not leave it behind, however it ends, and decides alone what Ctrl-C means.
if (args.Contains("--until-input-ends"))
{
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
    await Task.WhenAny(server.StoppedAsync(), Console.OpenStandardInput().CopyToAsync(Stream.Null));
}
else
{
    await server.StoppedAsync();
}
