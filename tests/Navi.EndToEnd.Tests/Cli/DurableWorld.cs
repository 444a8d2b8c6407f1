using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Navi.Portable.Durable;
using Navi.Testing;

namespace Navi.EndToEnd.Tests.Cli;

/// <summary>A database with a worker at it, for the commands that look into it.</summary>
internal sealed class DurableWorld : IAsyncDisposable
{
    private readonly List<NaviProcess> started = [];
    private readonly TestDatabase database;
    private readonly ServiceProvider services;
    private readonly string directory = Directory.CreateTempSubdirectory("navi-durable-").FullName;
    private volatile bool broken = true;

    private DurableWorld(TestDatabase database)
    {
        this.database = database;
        Environment = new()
        {
            ["NAVI_DATABASE"] = database.ConnectionString, ["NAVI_HOME"] = Path.Combine(directory, "home"), ["NAVI_CONFIG_HOME"] = Path.Combine(directory, "config"),
        };
        services = new ServiceCollection().AddPortableDurable(options => (options.ConnectionString, options.PollInterval) = (database.ConnectionString, TimeSpan.FromMilliseconds(100)))
            .ConfigureDurableTasks((_, catalog) =>
            {
                catalog.AddOrchestrator("Two", async (_, context) => $"{await context.CallActivityAsync<string>("Do", "one")} {await context.CallActivityAsync<string>("Do", "two")}");
                catalog.AddOrchestrator("Wait", async (_, context) => await context.WaitForExternalEvent<string>("go"));
                catalog.AddActivity("Do", (_, _, input, _) =>
                    broken && input == "\"two\"" ? throw new InvalidOperationException("the disk is full") : Task.FromResult<object?>("did " + input!.Trim('"')));
            }).BuildServiceProvider();
    }

    public Dictionary<string, string> Environment { get; }

    public DurableTaskClient Client => services.GetRequiredService<DurableTaskClient>();

    public static async Task<DurableWorld> StartAsync()
    {
        var world = new DurableWorld(await TestDatabase.CreateAsync());
        foreach (var hosted in world.services.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
        return world;
    }

    public async Task<OrchestrationMetadata> RunAsync(string name, string id)
    {
        await Client.ScheduleNewOrchestrationInstanceAsync(name, "in", new StartOrchestrationOptions(id));
        return await EndOf(id);
    }

    public async Task<OrchestrationMetadata> EndOf(string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await Client.WaitForInstanceCompletionAsync(id, true, limit.Token);
    }

    public async Task WaitingAsync(string id)
    {
        await Client.ScheduleNewOrchestrationInstanceAsync("Wait", null, new StartOrchestrationOptions(id));
        await Client.WaitForInstanceStartAsync(id);
    }

    public void Mend() => broken = false;

    /// <summary>Runs <c>navi durable</c> to its end.</summary>
    /// <param name="expected">Its exit code.</param>
    /// <param name="typed">What stands on its standard input; null for nothing.</param>
    /// <param name="arguments">After <c>navi durable</c>.</param>
    public async Task<NaviProcess> NaviAsync(int expected, string? typed, params string[] arguments)
    {
        var process = NaviProcess.Start(Environment, directory, ["durable", .. arguments]);
        started.Add(process);
        if (typed is not null)
            await process.TypeAsync(typed);
        process.EndInput();
        var code = await process.ExitCodeAsync();
        Assert.True(code == expected, $"Exit code {code} instead of {expected}: {process.Output} {process.Error}");
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in started)
            await process.DisposeAsync();
        foreach (var hosted in services.GetServices<IHostedService>())
            await hosted.StopAsync(CancellationToken.None);
        await services.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
