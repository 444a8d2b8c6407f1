using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Navi.Testing;
using Npgsql;

namespace Navi.Portable.Host.Tests.Timers;

public sealed class TimerTests : IAsyncLifetime
{
    private readonly TickFunctions.Ticks ticks = new();
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Fire_TwoHostsOnOneDatabase_EachOccurrenceOnce()
    {
        await using (await StartAsync(typeof(TickFunctions.EverySecond)))
        await using (await StartAsync(typeof(TickFunctions.EverySecond)))
            await Eventually.HoldsAsync(() => ticks.Fired.Count >= 4, "four firings");
        var fired = ticks.Fired.ToList();
        // Next stands for the occurrence: it is the one second after it.
        Assert.Equal(fired.Count, fired.Select(t => t.ScheduleStatus!.Next).Distinct().Count());
        Assert.Equal(fired.Count, await CountAsync("EverySecond"));
        Assert.All(fired.Skip(1), t => Assert.True(t.ScheduleStatus!.Last < t.ScheduleStatus.Next && t.ScheduleStatus.Last > default(DateTime)));
        Assert.All(fired, t => Assert.Equal(DateTimeKind.Utc, t.ScheduleStatus!.Next.Kind));
    }

    [Fact]
    public async Task Fire_FunctionFails_TheNextOccurrenceComes()
    {
        await using var host = await StartAsync(typeof(TickFunctions.Failing));
        await Eventually.HoldsAsync(() => ticks.Fired.Count >= 2, "a firing after a failed one");
    }

    [Fact]
    public async Task Fire_FunctionIsSlowerThanTheSchedule_NeverOverlapsInOneProcess()
    {
        await using (await StartAsync(typeof(TickFunctions.Slow)))
            await Eventually.HoldsAsync(() => ticks.Fired.Count >= 2, "two slow firings");
        Assert.False(ticks.Overlapped);
        Assert.Equal(0, ticks.Running);
    }

    [Theory]
    [InlineData("AzureWebJobs:EverySecond:Disabled", "true")]
    [InlineData("AzureWebJobs.EverySecond.Disabled", "1")]
    public async Task Start_TimerIsDisabled_TheOthersFire(string setting, string value)
    {
        await using var host = await StartAsync(true, [new(setting, value)], typeof(TickFunctions.EverySecond), typeof(TickFunctions.Slow));
        await Eventually.HoldsAsync(() => ticks.Fired.Count >= 2, "two firings of the other timer");
        Assert.Equal(0, await CountAsync("EverySecond"));
    }

    [Fact]
    public async Task Start_RunOnStartup_FiresAtOnce()
    {
        await using var host = await StartAsync(typeof(TickFunctions.AtStart));
        await Eventually.HoldsAsync(() => ticks.Fired.Count == 1, "a firing at the start");
    }

    [Fact]
    public async Task Start_OccurrenceWasMissed_FiresItOnceAsPastDue()
    {
        await using (await StartAsync(typeof(TickFunctions.Yearly)))
        {
        }
        Assert.Empty(ticks.Fired);
        await ExecuteAsync("INSERT INTO durable.timer_firings (name, occurrence) VALUES ('Yearly', now() - interval '3 years')");
        await using (await StartAsync(typeof(TickFunctions.Yearly)))
        await using (await StartAsync(typeof(TickFunctions.Yearly)))
            await Eventually.HoldsAsync(() => !ticks.Fired.IsEmpty, "the missed firing");
        Assert.True(Assert.Single(ticks.Fired).IsPastDue);
        // The row of three years ago is pruned.
        Assert.Equal(1, await CountAsync("Yearly"));
    }

    [Fact]
    public async Task Fire_ConnectionsAreCut_GoesOn()
    {
        await using var host = await StartAsync(typeof(TickFunctions.EverySecond));
        await Eventually.HoldsAsync(() => !ticks.Fired.IsEmpty, "a firing");
        await database.DropConnectionsAsync();
        var before = ticks.Fired.Count;
        await Eventually.HoldsAsync(() => ticks.Fired.Count > before, "a firing after the connections were cut");
    }

    [Fact]
    public async Task Start_WithoutWorkers_FiresNothing()
    {
        await using (await StartAsync(typeof(TickFunctions.AtStart), runWorkers: false))
        {
        }
        Assert.Empty(ticks.Fired);
    }

    [Fact]
    public void Build_ScheduleNamesAMissingSetting_Refuses() =>
        Assert.Contains("'YEARLY_SCHEDULE'", RunningHost.Refusal(Options(typeof(TickFunctions.Yearly))));

    [Fact]
    public void Build_FiveFieldSchedule_Refuses() =>
        Assert.Contains("six-field", RunningHost.Refusal(Options(typeof(TickFunctions.FiveFields))));

    private PortableHostOptions Options(Type functions) => RunningHost.Options(functions) with { ConnectionString = database.ConnectionString };

    private Task<RunningHost> StartAsync(Type functions, bool runWorkers = true) => StartAsync(runWorkers, [], functions);

    private Task<RunningHost> StartAsync(bool runWorkers, KeyValuePair<string, string?>[] settings, params Type[] functions) =>
        RunningHost.StartAsync(RunningHost.Options(functions) with { ConnectionString = database.ConnectionString, RunWorkers = runWorkers }, builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Services.AddSingleton(ticks);
            builder.Configuration.AddInMemoryCollection([new("YEARLY_SCHEDULE", "0 0 0 1 1 *")]);
        });

    private async Task<long> CountAsync(string timer)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand($"SELECT count(*) FROM durable.timer_firings WHERE name = '{timer}'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
