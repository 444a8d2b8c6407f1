using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Telemetry;
using Navi.Platform.Telemetry.Errors;
using Navi.Testing;

namespace Navi.Platform.Tests.Telemetry.Errors;

public sealed class ErrorWriterTests
{
    [Fact]
    public async Task Stop_WhatWasRecorded_IsWritten()
    {
        await using var platform = await TestPlatform.CreateAsync();
        using var writer = Writer(platform);
        await writer.StartAsync(CancellationToken.None);
        platform.Errors.Record(new ErrorReport("timers", "X", "T", "nobody's"));
        platform.Errors.Record(new ErrorReport("tasks", "X", "T", "acme's") { Organisation = "acme" });
        await writer.StopAsync(CancellationToken.None);

        Assert.Equal("nobody's", Assert.Single(await ListAsync(platform, "local")).Message);
        Assert.Equal("acme's", Assert.Single(await ListAsync(platform, "acme")).Message);
    }

    [Fact]
    public async Task Database_AwayAndBack_LosesNothing()
    {
        await using var platform = await TestPlatform.CreateAsync();
        using var writer = Writer(platform);
        await writer.StartAsync(CancellationToken.None);
        await platform.Server.AdmitAsync(anybody: false);
        for (var i = 0; i < 300; i++)
            platform.Errors.Record(new ErrorReport("http", $"Function{i % 3}", "T", "the database is away"));
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => ListAsync(platform, "local"));
        await platform.Server.AdmitAsync(anybody: true);

        await Wait.UntilAsync(async () => (await ListAsync(platform, "local")).Sum(e => e.Occurrences) == 300, () => "not written");
        Assert.Equal(3, (await ListAsync(platform, "local")).Count);
        await writer.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Flood_OverTheBound_IsCountedNotKept()
    {
        await using var platform = await TestPlatform.CreateAsync();
        using var writer = Writer(platform);
        for (var i = 0; i < ErrorRecorder.Capacity + 50; i++)
            platform.Errors.Record(new ErrorReport("http", "F", "T", "x"));
        await writer.StartAsync(CancellationToken.None);
        await Wait.UntilAsync(async () => (await ListAsync(platform, "local")).Count == 2, () => "not written");
        await writer.StopAsync(CancellationToken.None);

        var rows = await ListAsync(platform, "local");
        Assert.Equal(ErrorRecorder.Capacity, rows.Single(r => r.Operation == "F").Occurrences);
        Assert.Equal(50, rows.Single(r => r.ErrorType == "ErrorsDropped").Occurrences);
    }

    [Fact]
    public async Task Logged_ByNaviOrItsBackend_IsRecordedOnceAndOthersAreNot()
    {
        await using var platform = await TestPlatform.CreateAsync();
        using var writer = Writer(platform);
        using var loggers = LoggerFactory.Create(b => b.AddProvider(new ErrorLoggerProvider(platform.Errors)));
        var known = new InvalidOperationException("told before");
        platform.Errors.Record(ErrorReport.Of("timers", "KeepX", known));
        loggers.CreateLogger("Navi.Somewhere.Worker").LogError(known, "again");
        loggers.CreateLogger("Navi.Somewhere.Worker").LogError(new EventId(4040, "Unknown"), new TimeoutException("late"), "A loop met an error.");
        loggers.CreateLogger("Navi.Somewhere.Worker").LogWarning("no error");
        loggers.CreateLogger("Microsoft.AspNetCore.Server.Kestrel").LogError("not ours");
        await writer.StopAsync(CancellationToken.None);

        Assert.Equal(
            ["timers KeepX InvalidOperationException: told before", "Worker Unknown TimeoutException: A loop met an error. late"],
            (await ListAsync(platform, "local")).Select(e => $"{e.Component} {e.Operation} {e.ErrorType}: {e.Message}").Order(StringComparer.OrdinalIgnoreCase));
    }

    private static ErrorWriter Writer(TestPlatform platform) =>
        new(platform.Errors, ErrorStoreTests.Store(platform), Options.Create(new TelemetryOptions { Organisation = "local" }), TestPlatform.Meters, TimeProvider.System, NullLogger<ErrorWriter>.Instance);

    private static Task<List<ErrorRow>> ListAsync(TestPlatform platform, string organisation) =>
        ErrorStoreTests.Store(platform).ListAsync(Scope.Of(organisation), new ErrorQuery(), null, 200, CancellationToken.None);
}
