using Navi.LoadTests.Driving;

namespace Navi.LoadTests.Scenarios;

/// <summary>One look of a user.</summary>
internal static class UserMixLooks
{
    /// <summary>Asks for what the mix says; it was meant to begin at <paramref name="at"/>.</summary>
    public static Task LookAsync(LoadClient client, Random random, KnownTasks known, long at, CancellationToken cancellation)
    {
        var choice = random.NextDouble();
        return choice < UserMix.Lists ? client.SendAsync(LoadClient.List, HttpMethod.Get, "/v1/tasks", null, at, cancellation)
            : choice < UserMix.Lists + UserMix.Reads && known.Any(random) is { } task ? client.SendAsync(LoadClient.Read, HttpMethod.Get, $"/v1/tasks/{task}", null, at, cancellation)
            : client.SendAsync(LoadClient.Pending, HttpMethod.Get, "/v1/checkpoints?status=pending", null, at, cancellation);
    }
}
