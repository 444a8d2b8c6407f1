using System.Globalization;
using Microsoft.DurableTask;
using Navi.Portable.Durable;

namespace Navi.Benchmarks.Durable.Running;

/// <summary>The workflows that are measured, written as any application would write them.</summary>
internal static class BenchTasks
{
    public const string Chain = "Chain";
    public const string Gate = "Gate";
    public const string Fan = "Fan";
    public const string Parked = "Parked";
    public const string Recovered = "Recovered";
    public const string Endless = "Endless";
    public const string Hot = "Hot";
    public const string Timer = "Timer";
    public const string Parent = "Parent";

    /// <summary>The event that they wait for.</summary>
    public const string Event = "approve";

    /// <summary>The custom status of one that waits for it.</summary>
    public const string Waiting = "\"waiting\"";

    /// <summary>Activities of a chain.</summary>
    public const int ChainLength = 10;

    /// <summary>Activities that a fan-out starts at once.</summary>
    public const int FanWidth = 20;

    /// <summary>Steps after which what never ends begins anew, so that its history stays short.</summary>
    private const int Generation = 50;

    private const string NoOp = "NoOp";

    /// <param name="catalog">Where they are added.</param>
    /// <param name="recoveries">Told how far instances of <see cref="Recovered"/> are.</param>
    public static void Add(DurableTaskCatalog catalog, RecoveryWatch recoveries)
    {
        var tasks = new DurableTaskRegistry();
        tasks.AddActivityFunc<int, int>(NoOp, (_, n) => n + 1);
        tasks.AddOrchestratorFunc<int, int>(Chain, async (context, n) =>
        {
            for (var i = 0; i < ChainLength; i++) n = await context.CallActivityAsync<int>(NoOp, n);
            return n;
        });
        tasks.AddOrchestratorFunc<int, int>(Gate, async (context, n) =>
        {
            await context.CallActivityAsync<int>(NoOp, n);
            context.SetCustomStatus("waiting");
            var decided = await context.WaitForExternalEvent<int>(Event);
            return await context.CallActivityAsync<int>(NoOp, decided);
        });
        tasks.AddOrchestratorFunc<int, int>(Fan, async (context, _) =>
            (await Task.WhenAll(Enumerable.Range(0, FanWidth).Select(i => context.CallActivityAsync<int>(NoOp, i)))).Length);
        tasks.AddOrchestratorFunc<int, int>(Parked, (context, _) => context.WaitForExternalEvent<int>(Event));
        tasks.AddOrchestratorFunc<int, int>(Recovered, async (context, activities) =>
        {
            recoveries.Began(context.InstanceId);
            for (var i = 0; i < activities; i++) await context.CallActivityAsync<int>(NoOp, i);
            context.SetCustomStatus("waiting");
            var decided = await context.WaitForExternalEvent<int>(Event);
            recoveries.Passed(context.InstanceId);
            return decided;
        });
        tasks.AddOrchestratorFunc<int, int>(Endless, async (context, step) =>
        {
            for (var end = step + Generation; step < end; step = await context.CallActivityAsync<int>(NoOp, step))
            {
                // Which process decides here is no matter of the workflow: it steers nothing, and a replay sets it anew.
                context.SetCustomStatus(string.Create(CultureInfo.InvariantCulture, $"{step}:{Environment.ProcessId}"));
            }
            context.ContinueAsNew(step);
            return step;
        });
        tasks.AddOrchestratorFunc<int, int>(Hot, async (context, step) =>
        {
            for (var end = step + Generation; step < end;)
            {
                await context.WaitForExternalEvent<int>(Event);
                step = await context.CallActivityAsync<int>(NoOp, step);
            }
            context.SetCustomStatus(step);
            context.ContinueAsNew(step);
            return step;
        });
        tasks.AddOrchestratorFunc<int, int>(Timer, async (context, n) =>
        {
            await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
            return await context.CallActivityAsync<int>(NoOp, n);
        });
        tasks.AddOrchestratorFunc<int, int>(Parent, async (context, n) =>
            (await Task.WhenAll(Enumerable.Range(0, MixedLoad.Children).Select(_ => context.CallSubOrchestratorAsync<int>(MixedLoad.Child, n)))).Sum());
        tasks.AddOrchestratorFunc<int, int>(MixedLoad.Child, (context, n) => context.CallActivityAsync<int>(NoOp, n));
        catalog.AddRegistry(tasks);
    }
}
