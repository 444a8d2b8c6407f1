using Microsoft.DurableTask;

namespace Navi.Drills.Kills.Working;

/// <summary>The orchestrations that the workers run.</summary>
internal static class Orchestrators
{
    public const int ChainSteps = 10;
    public const int FanOut = 10;
    public const int SubChains = 3;
    public const int SubSteps = 3;
    public const int Rounds = 4;

    /// <summary>What a call in doubt ends with.</summary>
    public const string InDoubt = "in doubt";

    private static readonly TimeSpan Nap = TimeSpan.FromSeconds(1.5);

    // Longer than any fault: what an activity says of the database is no reason to give up.
    private static readonly TaskOptions Again = TaskOptions.FromRetryPolicy(new RetryPolicy(200, TimeSpan.FromMilliseconds(300)));

    public static void AddTo(DurableTaskRegistry tasks)
    {
        tasks.AddOrchestratorFunc<ChainInput, long>("Chain", ChainAsync);
        tasks.AddOrchestratorFunc<long, long>("FanOut", FanOutAsync);
        tasks.AddOrchestratorFunc<long, long>("Event", EventAsync);
        tasks.AddOrchestratorFunc<long, long>("Timer", TimerAsync);
        tasks.AddOrchestratorFunc<long, long>("Parent", ParentAsync);
        tasks.AddOrchestratorFunc<ChainInput, long>("Loop", LoopAsync);
        tasks.AddOrchestratorFunc<GuardedInput, string[]>("Guarded", GuardedAsync);
    }

    private static async Task<long> ChainAsync(TaskOrchestrationContext context, ChainInput input)
    {
        var value = input.Value;
        for (var step = 0; step < input.Count; step++)
            value = await StepAsync(context, $"{step}", value);
        return value;
    }

    private static async Task<long> FanOutAsync(TaskOrchestrationContext context, long seed) =>
        (await Task.WhenAll(Enumerable.Range(0, FanOut).Select(n => StepAsync(context, $"{n}", seed + n)))).Sum();

    private static async Task<long> EventAsync(TaskOrchestrationContext context, long seed)
    {
        var value = await StepAsync(context, "0", seed);
        return await StepAsync(context, "1", value + await context.WaitForExternalEvent<long>("go"));
    }

    // A timer that fires early is a wrong result.
    private static async Task<long> TimerAsync(TaskOrchestrationContext context, long seed)
    {
        var value = await StepAsync(context, "0", seed);
        var due = context.CurrentUtcDateTime + Nap;
        await context.CreateTimer(due, CancellationToken.None);
        return context.CurrentUtcDateTime < due ? -1 : await StepAsync(context, "1", value);
    }

    private static async Task<long> ParentAsync(TaskOrchestrationContext context, long seed)
    {
        var value = seed;
        for (var child = 0; child < SubChains; child++)
            value = await context.CallSubOrchestratorAsync<long>("Chain", new ChainInput(value, SubSteps), new SubOrchestrationOptions(instanceId: $"{context.InstanceId}-{child}"));
        return value;
    }

    private static async Task<long> LoopAsync(TaskOrchestrationContext context, ChainInput input)
    {
        var value = await StepAsync(context, $"{input.Count}a", input.Value);
        value = await StepAsync(context, $"{input.Count}b", value);
        if (input.Count + 1 < Rounds)
            context.ContinueAsNew(new ChainInput(value, input.Count + 1));
        return value;
    }

    private static async Task<string[]> GuardedAsync(TaskOrchestrationContext context, GuardedInput input)
    {
        var answers = new List<string>();
        foreach (var call in input.Calls)
            answers.Add(await context.CallActivityAsync<string>("Effect", new GuardedStep(input.Task, call, input.Guarded), Again));
        return [.. answers];
    }

    private static Task<long> StepAsync(TaskOrchestrationContext context, string step, long value) =>
        context.CallActivityAsync<long>("Step", new StepInput($"{context.InstanceId}/{step}", value));
}
