using Microsoft.DurableTask.Client;
using Navi.Platform.Hosting.Readiness;

namespace Navi.Functions.Health;

/// <summary>The durable backend answers, and the worker of this process is alive where the host can tell.</summary>
internal sealed class RuntimeReadiness(DurableTaskClient client, IEnumerable<IRuntimeState> states) : IReadinessCheck
{
    // Nobody's: ids of orchestrations begin with a task's.
    private const string Nobody = "readiness-probe";

    public string Name => "runtime";

    public async Task<string?> ProblemAsync(CancellationToken cancellation)
    {
        if (states.Select(s => s.Problem).FirstOrDefault(p => p is not null) is { } problem)
            return problem;
        await client.GetInstanceAsync(Nobody, cancellation);
        return null;
    }
}
