using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Navi.Agent.Workspace;
using Navi.Orchestrations.Reconciliation;
using Navi.Platform.Data;
using Navi.Platform.Hosting;
using Navi.Platform.Security.Redaction;
using Navi.Platform.Tasks;
using Navi.Platform.Telemetry;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Orchestrations.Probe;

/// <summary>
/// Walks the whole way that a caller's task goes, from the row over the durable backend, the workspace and the sandbox to verification, and counts how it ended. It asks no model and changes
/// nothing, so that it costs nothing and no person has to approve it.
/// </summary>
public sealed partial class SyntheticProbe(
    TaskStore tasks, ProbeTasks probes, OutboxDispatcher dispatcher, TaskFiles files, NaviMeters meters, IOptions<ProbeOptions> options, IOptions<TelemetryOptions> telemetry, IOptions<NaviOptions> navi,
    TimeProvider time, ILogger<SyntheticProbe> logger)
{
    private const int Turns = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs one probe and removes old ones. Null when none is configured.</summary>
    public async Task<ProbeResult?> RunAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        if (options.Value.Repository.Length == 0)
            return null;
        var began = time.GetTimestamp();
        var (outcome, task, said) = await TryAsync(client, cancellation);
        var result = new ProbeResult(outcome, time.GetElapsedTime(began).TotalSeconds, task, said);
        meters.Add(MetricCatalogue.ProbeRuns, 1, result.Outcome);
        if (result.Ok)
            meters.Record(MetricCatalogue.ProbeDuration, result.Seconds);
        foreach (var old in await probes.DeleteOldAsync(telemetry.Value.Organisation, ProbeTask.User, options.Value.Keep, cancellation))
            files.Remove(old);
        return result;
    }

    private async Task<(string Outcome, Guid? Task, string? Said)> TryAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        try
        {
            return await AskAsync(client, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(e);
            return ("failed", null, Redactor.Clean(e.Message));
        }
    }

    private async Task<(string Outcome, Guid? Task, string? Said)> AskAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        var scope = Scope.Of(telemetry.Value.Organisation);
        var created = await tasks.CreateAsync(
            new NewTask(telemetry.Value.Organisation, ProbeTask.User, options.Value.Repository, "run the tests", "rules", navi.Value.Environment, false, Turns, options.Value.Patience, null, ""), cancellation);
        await dispatcher.SendAsync(client, created.Outbox, cancellation);
        var (id, began) = (created.Task!.Id, time.GetTimestamp());
        while (time.GetElapsedTime(began) < options.Value.Patience)
        {
            if (await tasks.FindAsync(scope, id, cancellation) is { Status: "finished" } ended)
            {
                if (ended.StopReason == "completed")
                    return ("ok", id, ended.Summary);
                LogUnsuccessful(id, ended.StopReason!, ended.Summary);
                return ("failed", id, $"{ended.StopReason}: {ended.Summary}");
            }
            // A timer function or a request waits here, no orchestrator: nothing is replayed.
            await Task.Delay(Pause, time, cancellation);
        }
        LogLate(id, options.Value.Patience);
        var (_, wakes) = await tasks.CancelAsync(scope, id, ProbeTask.User, cancellation);
        foreach (var wake in wakes)
            await dispatcher.SendAsync(client, wake, cancellation);
        return ("late", id, $"It had not ended after {options.Value.Patience} and was cancelled.");
    }

    [LoggerMessage(3301, LogLevel.Error, "The probe could not be run.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(3302, LogLevel.Error, "The probe's task {Task} ended as {StopReason}: {Summary}")]
    private partial void LogUnsuccessful(Guid task, string stopReason, string? summary);

    [LoggerMessage(3303, LogLevel.Error, "The probe's task {Task} had not ended after {Patience} and was cancelled.")]
    private partial void LogLate(Guid task, TimeSpan patience);
}
