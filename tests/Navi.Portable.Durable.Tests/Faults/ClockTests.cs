using Navi.Portable.Durable.Tests.Support;
using Navi.Testing;
using Navi.Testing.Postgres;

namespace Navi.Portable.Durable.Tests.Faults;

/// <summary>The clocks of processes are set forwards and backwards by hours: only the database's clock counts.</summary>
public sealed class ClockTests
{
    [Theory, BothModes]
    public async Task Clock_OfOneWorkerJumps_TimersFireWhenDueByTheDatabasesClock(int sticky)
    {
        await using var database = await TestDatabase.CreateAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await using var jumping = await HostAsync(new JumpingClock(4711));
        await using var steady = await HostAsync(TimeProvider.System);
        var ids = new List<string>();
        for (var n = 0; n < 10; n++) ids.Add(await jumping.Client.ScheduleNewOrchestrationInstanceAsync("Times", limit.Token));

        foreach (var id in ids) await steady.Client.RaiseEventAsync(id, "go", "here", limit.Token);

        foreach (var id in ids)
        {
            var end = await steady.Client.WaitForInstanceCompletionAsync(id, true, limit.Token);
            Assert.Equal("here, in order, not early", end.ReadOutputAs<string>());
            // Nor hours too late: by the database's clock all of it took the time of the timers and of the work.
            Assert.Equal(1L, await Sql.ScalarAsync<long>(
                database, $"SELECT count(*) FROM durable.instances WHERE instance_id = '{id}' AND completed_at - created_at BETWEEN interval '0.6 seconds' AND interval '90 seconds'"));
        }
        Assert.Equal(0L, await Sql.ScalarAsync<long>(database, "SELECT count(*) FROM durable.history WHERE at NOT BETWEEN now() - interval '90 seconds' AND now()"));

        Task<DurableHost> HostAsync(TimeProvider time) => DurableHost.StartAsync(
            database.ConnectionString,
            tasks =>
            {
                tasks.AddActivityFunc("Step", _ => { });
                tasks.AddOrchestratorFunc<string>("Times", async context =>
                {
                    // A wait of an hour is neither over at once nor kept from its event.
                    var said = await context.WaitForExternalEvent<string>("go", TimeSpan.FromHours(1));
                    var (before, early) = (context.CurrentUtcDateTime, false);
                    for (var n = 0; n < 3; n++)
                    {
                        var due = context.CurrentUtcDateTime.AddMilliseconds(200);
                        await context.CreateTimer(due, CancellationToken.None);
                        early |= context.CurrentUtcDateTime < due;
                        await context.CallActivityAsync("Step");
                    }
                    return $"{said}, {(context.CurrentUtcDateTime >= before ? "in order" : "backwards")}, {(early ? "early" : "not early")}";
                });
            },
            options =>
            {
                options.StickyInstances = sticky;
                options.LeaseDuration = TimeSpan.FromSeconds(2);
            },
            time: time);
    }
}
