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
    public async Task Step_OfATask_IsRecordedForItsOrganisationAndUser()
    {
        await using var platform = await TestPlatform.CreateAsync();
        using var writer = Writer(platform);
        Guid[] tasks = [(await platform.CreateTaskAsync("acme", "ada")).Id, (await platform.CreateTaskAsync("acme", "grace")).Id, (await platform.CreateTaskAsync("other", "bob")).Id, Guid.CreateVersion7()];
        foreach (var task in tasks)
            platform.Errors.Record(new ErrorReport("activities", "CallModel", "T", "it failed") { Task = task });
        platform.Errors.Record(new ErrorReport("tools", "git", "T", "it failed") { Organisation = "acme", Task = tasks[0] });
        // Of a task that is another's, nobody is named.
        platform.Errors.Record(new ErrorReport("tools", "git", "T", "it failed") { Organisation = "acme", Task = tasks[2] });
        await writer.StopAsync(CancellationToken.None);

        Assert.Equal(["activities 2: ada, grace", "tools 2: ada, system"], await SeenAsync("acme"));
        Assert.Equal(["activities 1: bob"], await SeenAsync("other"));
        Assert.Equal(["activities 1: system"], await SeenAsync("local"));

        async Task<IEnumerable<string>> SeenAsync(string organisation) => (await ListAsync(platform, organisation)).OrderBy(e => e.Component)
            .Select(e => $"{e.Component} {e.Occurrences}: {string.Join(", ", e.ReadSamples().Select(s => s.User).Order())}");
    }

    [Fact]
    public async Task Step_OfATask_WithTheDatabaseAway_WaitsForItsOwner()
    {
        await using var platform = await TestPlatform.CreateAsync();
        using var writer = Writer(platform);
        var task = (await platform.CreateTaskAsync("acme", "ada")).Id;
        await platform.Server.AdmitAsync(anybody: false);
        await writer.StartAsync(CancellationToken.None);
        for (var i = 0; i < 20; i++)
            platform.Errors.Record(new ErrorReport("activities", "CallModel", "T", "the database is away") { Task = task });
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => ListAsync(platform, "acme"));
        await platform.Server.AdmitAsync(anybody: true);

        await Wait.UntilAsync(async () => (await ListAsync(platform, "acme")).Sum(e => e.Occurrences) == 20, () => "not written");
        await writer.StopAsync(CancellationToken.None);
        Assert.Empty(await ListAsync(platform, "local"));
    }

    [Fact]
    public async Task Flood_OfOneOrganisationsClients_TakesNoRoomOfOthers()
    {
        await using var platform = await TestPlatform.CreateAsync();
        using var writer = Writer(platform);
        for (var i = 0; i < 1_500; i++)
            platform.Errors.Record(new ErrorReport("console", "page", $"T{i}", "x") { Organisation = "acme", User = "eve", FromClient = true });
        for (var i = 0; i < ErrorRecorder.Capacity; i++)
            platform.Errors.Record(new ErrorReport("http", $"F{i}", "T", "x"));
        platform.Errors.Record(new ErrorReport("cli", "run", "T", "x") { Organisation = "other", User = "bob", FromClient = true });
        await writer.StopAsync(CancellationToken.None);

        Assert.Equal(ErrorRecorder.Capacity, (await ListAsync(platform, "local")).Count(e => e.Component == "http"));
        Assert.DoesNotContain(await ListAsync(platform, "local"), e => e.Component != "http");
        Assert.Single(await ListAsync(platform, "other"));
        var flood = await ListAsync(platform, "acme");
        Assert.Equal((ErrorBook.ClientCapacity + 1, 1_500), (flood.Count, flood.Sum(e => e.Occurrences)));
        Assert.Equal(("console", 1_400), (flood.Single(e => e.ErrorType == "ErrorsDropped").Component, flood.Single(e => e.ErrorType == "ErrorsDropped").Occurrences));
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
        new(platform.Errors, ErrorStoreTests.Store(platform), new ErrorOwners(platform.Database, Options.Create(new TelemetryOptions { Organisation = "local" })), TestPlatform.Meters, TimeProvider.System, NullLogger<ErrorWriter>.Instance);

    private static Task<List<ErrorRow>> ListAsync(TestPlatform platform, string organisation) =>
        ErrorStoreTests.Store(platform).ListAsync(Scope.Of(organisation), new ErrorQuery(), null, 2_000, CancellationToken.None);
}
