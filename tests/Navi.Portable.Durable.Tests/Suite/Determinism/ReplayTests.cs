using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Determinism;

public sealed class ReplayTests
{
    /// <summary>Behaviour: CurrentUtcDateTime.Kind is Utc.</summary>
    [Theory, BothModes]
    public async Task Context_AnswersOfReplay_AreThoseOfTheFirstRun(int sticky)
    {
        var seen = new ConcurrentBag<(Guid, DateTime, DateTimeKind)>();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc("Ask", async context =>
            {
                await context.CallActivityAsync("Step");
                seen.Add((context.NewGuid(), context.CurrentUtcDateTime, context.CurrentUtcDateTime.Kind));
                for (var n = 0; n < 3; n++) await context.CallActivityAsync("Step");
            });
        });

        await run.OutputOf<object>("Ask");

        if (sticky == 0) Assert.True(seen.Count > 1, "Nothing was replayed.");
        var only = Assert.Single(seen.Distinct());
        Assert.Equal(DateTimeKind.Utc, only.Item3);
        Assert.NotEqual(Guid.Empty, only.Item1);
    }

    [Theory, BothModes]
    public async Task Guids_OfOneInstance_AllDifferAndSurviveARedeployment(int sticky)
    {
        void Tasks(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc<bool>("Guids", async context =>
        {
            Guid[] guids = [.. Enumerable.Range(0, 50).Select(_ => context.NewGuid())];
            context.SetCustomStatus(guids[49]);
            var before = await context.WaitForExternalEvent<Guid>("go");
            return guids.Distinct().Count() == 50 && before == guids[49] && !guids.Contains(context.NewGuid());
        });
        await using var run = await Conformance.StartAsync(sticky, Tasks);
        var id = await run.StartAsync("Guids");
        var found = await run.Until(id, found => found.SerializedCustomStatus is not null);

        await run.RedeployAsync(Tasks);
        await run.RaiseAsync(id, "go", found.ReadCustomStatusAs<Guid>());

        Assert.True(await run.OutputOfInstance<bool>(id));
    }

    [Theory, BothModes]
    public async Task Guids_OfTwoInstances_Differ(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc<Guid>("Guid", context => context.NewGuid()));

        Assert.NotEqual(await run.OutputOf<Guid>("Guid"), await run.OutputOf<Guid>("Guid"));
    }

    [Theory, BothModes]
    public async Task CurrentUtcDateTime_WithinATurn_StandsStillAndThenOnlyGrows(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc<bool>("Time", async context =>
            {
                var good = true;
                var last = context.CurrentUtcDateTime;
                for (var n = 0; n < 5; n++)
                {
                    await context.CallActivityAsync("Step");
                    var now = context.CurrentUtcDateTime;
                    good &= now >= last && now == context.CurrentUtcDateTime;
                    last = now;
                }
                return good;
            });
        });

        Assert.True(await run.OutputOf<bool>("Time"));
    }

    [Theory, BothModes]
    public async Task IsReplaying_EachStep_IsNewExactlyOnce(int sticky)
    {
        var seen = new ConcurrentQueue<int>();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc<bool>("Steps", async context =>
            {
                for (var n = 0; n < 4; n++)
                {
                    if (!context.IsReplaying) seen.Enqueue(n);
                    await context.CallActivityAsync("Step");
                }
                return context.IsReplaying;
            });
        });

        Assert.False(await run.OutputOf<bool>("Steps"));
        Assert.Equal([0, 1, 2, 3], seen);
    }

    [Theory, BothModes]
    public async Task ReplaySafeLogger_WhileReplaying_IsSilent(int sticky)
    {
        var lines = new ConcurrentQueue<string>();
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc("Log", async context =>
            {
                var inner = new ListLoggerContext(context, lines);
                ILogger[] loggers = [inner.CreateReplaySafeLogger("test"), inner.CreateReplaySafeLogger<ReplayTests>(), inner.CreateReplaySafeLogger(typeof(int))];
                for (var n = 0; n < 3; n++)
                {
                    await context.CallActivityAsync("Step");
                    loggers[n].LogInformation("step {Number}", n);
                }
            });
        });

        await run.OutputOf<object>("Log");

        Assert.Equal(["step 0", "step 1", "step 2"], lines);
    }

    [Theory, BothModes]
    public async Task Input_ReadFromTheContext_IsThatOfTheParameter(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc<int[], bool>("Read", async (context, input) =>
            {
                await context.CallActivityAsync("Step");
                return input.SequenceEqual(context.GetInput<int[]>()!);
            });
        });

        Assert.True(await run.OutputOf<bool>("Read", new[] { 1, 2, 3 }));
    }
}
