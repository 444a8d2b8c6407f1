using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Navi.Platform.Hosting.Readiness;

namespace Navi.Functions.Health;

/// <summary>Runs every check at once, each within its time, and remembers the outcome for a second: whoever asks often costs no more than who asks once.</summary>
public sealed partial class Readiness(IEnumerable<IReadinessCheck> checks, IEnumerable<IRuntimeState> states, TimeProvider time, ILogger<Readiness> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Task<SortedDictionary<string, CheckView>>? latest;
    private long asked;

    /// <summary>What each check found, by name.</summary>
    internal Task<SortedDictionary<string, CheckView>> LookAsync(DurableTaskClient client)
    {
        lock (gate)
        {
            if (latest is null || (latest.IsCompleted && time.GetElapsedTime(asked) > Memory))
                (latest, asked) = (AllAsync(client), time.GetTimestamp());
            return latest;
        }
    }

    private async Task<SortedDictionary<string, CheckView>> AllAsync(DurableTaskClient client)
    {
        var found = await Task.WhenAll(checks.Append(new RuntimeReadiness(client, states)).Select(OneAsync));
        return new SortedDictionary<string, CheckView>(found.ToDictionary(f => f.Name, f => f.Found), StringComparer.Ordinal);
    }

    private async Task<(string Name, CheckView Found)> OneAsync(IReadinessCheck check)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        try
        {
            // Not every check can be cancelled; none is waited for longer.
            var problem = await check.ProblemAsync(limit.Token).WaitAsync(Patience, time);
            if (problem is not null)
                LogProblem(check.Name, problem);
            return (check.Name, problem is null ? new CheckView("ok") : new CheckView("failed", problem));
        }
        catch (Exception e)
        {
            LogFailed(e, check.Name);
            return (check.Name, new CheckView("failed", e is TimeoutException or OperationCanceledException ? "It does not answer in time." : "It does not answer."));
        }
    }

    [LoggerMessage(4103, LogLevel.Warning, "Not ready: {Check}: {Problem}")]
    private partial void LogProblem(string check, string problem);

    [LoggerMessage(4104, LogLevel.Warning, "Not ready: the check {Check} failed.")]
    private partial void LogFailed(Exception exception, string check);
}
