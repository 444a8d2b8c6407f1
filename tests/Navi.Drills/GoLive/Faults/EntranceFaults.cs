namespace Navi.Drills.GoLive.Faults;

/// <summary>What can be wrong on the way to NAVI.</summary>
internal static class EntranceFaults
{
    public static PlantedFault Certificate { get; } = AtGateway("tls", "the ingress's certificate ends in 5 days", @"the certificate ends on [0-9-]+, in 5 days \(at least 14\)", g => g.Certificate = TimeSpan.FromDays(5));

    public static PlantedFault OpenDoor { get; } = new("access", "the ingress gives a token to who asks for the metrics without one", "GET /metrics with no token: 200", (scene, _) =>
    {
        scene.Gateway.TokenForMetrics = scene.Production.Token;
        return Task.CompletedTask;
    });

    public static PlantedFault OldDocument { get; } = AtGateway("api-document", "a cache before NAVI has kept the document of the release before", @"/openapi\.json is of version 0\.0\.1, running is [0-9.]+", g => g.KeptDocument = "0.0.1");

    public static PlantedFault NoDiscovery { get; } = AtGateway("sign-in", "the ingress does not pass on the issuer's discovery", ".+ answered something that is not JSON.+", g => g.KeepsDiscoveryBack = true);

    public static PlantedFault AddressForName { get; } = new("domain", "callers use an address", @"127\.0\.0\.1 is an address, not a name: callers and certificates need one that can move", (scene, _) =>
    {
        scene.Arguments["--url"] = scene.Arguments["--url"].Replace("localhost", "127.0.0.1", StringComparison.Ordinal);
        return Task.CompletedTask;
    });

    private static PlantedFault AtGateway(string item, string what, string says, Action<Gateway> plant) => new(item, what, says, (scene, _) =>
    {
        plant(scene.Gateway);
        return Task.CompletedTask;
    });
}
