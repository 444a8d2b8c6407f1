using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Metrics;
using Npgsql;

namespace Navi.Platform.Telemetry.Errors;

/// <summary>Writes recorded errors by groups, twice a second. While the database is away they wait, up to a bound; at the end of the process it writes what there is.</summary>
internal sealed partial class ErrorWriter(ErrorRecorder recorder, ErrorStore store, ErrorOwners owners, NaviMeters meters, TimeProvider time, ILogger<ErrorWriter> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(5);

    // What is taken up must not be written in part by the drain and in part by the loop.
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly ErrorBook book = recorder.Book;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LastPatience);
        while (recorder.Reports.TryRead(out var left))
            Add(left.At, left.Report);
        await TryWriteAsync(patience.Token);
    }

    public override void Dispose()
    {
        writing.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var taking = TakeAsync(stoppingToken);
        for (var wait = Every; !stoppingToken.IsCancellationRequested;)
        {
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
                wait = await TryWriteAsync(stoppingToken) ? Every : TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, LongestWait.Ticks));
        }
        await taking;
    }

    // By itself: a write that waits for a dead server must not let the reports pile up.
    private async Task TakeAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var (at, report) in recorder.Reports.ReadAllAsync(stopping))
                Add(at, report);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The drain takes the rest.
        }
    }

    private void Add(DateTimeOffset at, ErrorReport report)
    {
        if (!book.TryAdd(at, report))
            recorder.Drop(1);
    }

    private async Task<bool> TryWriteAsync(CancellationToken cancellation)
    {
        await writing.WaitAsync(CancellationToken.None);
        try
        {
            if (recorder.TakeDropped() is > 0 and var dropped && !book.TryAdd(time.GetUtcNow(), Dropped, dropped))
                recorder.Drop(dropped);
            var groups = book.Take();
            if (groups.Count == 0)
                return true;
            try
            {
                groups = await owners.AssignAsync(groups, cancellation);
                await store.WriteAsync(groups, cancellation);
                Count(groups);
                return true;
            }
            catch (PostgresException e) when (IsOfData(e))
            {
                await WriteEachAsync(groups, cancellation);
                return true;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException or ObjectDisposedException)
            {
                recorder.Drop(book.PutBack(groups));
                LogWaits(e, groups.Count);
                return false;
            }
        }
        finally
        {
            writing.Release();
        }
    }

    // One group that the database does not take must not hold back the others.
    private async Task WriteEachAsync(IReadOnlyList<ErrorGroup> groups, CancellationToken cancellation)
    {
        foreach (var group in groups)
        {
            try
            {
                await store.WriteAsync([group], cancellation);
                Count([group]);
            }
            catch (PostgresException e) when (IsOfData(e))
            {
                // Of a client's the log tells alone: it must not be counted among NAVI's own.
                if (!group.FromClient)
                    recorder.Drop(group.Occurrences);
                LogRefused(e, group.Component, group.Operation, group.Type);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException or ObjectDisposedException)
            {
                recorder.Drop(book.PutBack([group]));
                LogWaits(e, 1);
            }
        }
    }

    private void Count(IReadOnlyList<ErrorGroup> written)
    {
        foreach (var group in written)
            meters.Add(MetricCatalogue.Errors, group.Occurrences, group.Label, group.Severity, group.Component);
    }

    private static ErrorReport Dropped => new("errors", "record", "ErrorsDropped", "Errors came faster than they could be kept: so many were counted and not recorded.") { Severity = ErrorSeverity.Warning };

    // Classes 22 and 23: the row itself is at fault.
    private static bool IsOfData(PostgresException e) => e.SqlState[..2] is "22" or "23";

    [LoggerMessage(3701, LogLevel.Debug, "{Groups} group(s) of errors can't be written now and wait.")]
    private partial void LogWaits(Exception exception, int groups);

    [LoggerMessage(3702, LogLevel.Warning, "The error {Type} of {Component} {Operation} can't be recorded.")]
    private partial void LogRefused(Exception exception, string component, string operation, string type);
}
