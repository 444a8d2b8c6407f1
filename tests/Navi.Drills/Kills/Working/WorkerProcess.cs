using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Navi.Agent.Effects;
using Navi.Platform.Contents;
using Navi.Platform.Data;
using Navi.Portable.Durable;
using Navi.Testing.Postgres;

namespace Navi.Drills.Kills.Working;

/// <summary>A process of its own that only works: the drill starts it, and breaks it. It says <c>ready</c>, and ends with its input.</summary>
internal static class WorkerProcess
{
    public static async Task<int> RunAsync(WorkerArguments arguments)
    {
        var connection = Environment.GetEnvironmentVariable(WorkerArguments.Database) ?? throw new InvalidOperationException($"{WorkerArguments.Database} is not set.");
        using var world = await WorldClient.ConnectAsync(arguments.World, arguments.Name);
        await using var database = new NaviDatabase(Options.Create(new DatabaseOptions { ConnectionString = connection }));
        // Its seed is its own, and the time that steps take is no part of any result.
        var random = new LockedRandom(Environment.ProcessId);
        var effects = new Effects(new EffectLedger(database, new ContentStore(database)), world, new DraftTrees(arguments.Trees), random);
        var services = new ServiceCollection();
        if (arguments.ClockJumps)
            services.AddSingleton<TimeProvider>(new JumpingClock(Environment.ProcessId));
        services.AddPortableDurable(options =>
        {
            options.ConnectionString = connection;
            options.LeaseDuration = KillOptions.Lease;
        });
        services.ConfigureDurableTasks((_, catalog) =>
        {
            var tasks = new DurableTaskRegistry();
            Orchestrators.AddTo(tasks);
            tasks.AddActivityFunc<StepInput, long>("Step", async (_, input) =>
            {
                await world.BeginAsync(input.Key);
                await Task.Delay(random.Next(20, 200));
                await world.EffectAsync(input.Key);
                return Values.After(input.Value, input.Key);
            });
            tasks.AddActivityFunc<GuardedStep, string>("Effect", (_, input) => effects.RunAsync(input, CancellationToken.None));
            catalog.AddRegistry(tasks);
        });
        await using var provider = services.BuildServiceProvider();
        foreach (var service in provider.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        await Console.Out.WriteLineAsync("ready");
        // The drill's end closes it, however the drill ends.
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
