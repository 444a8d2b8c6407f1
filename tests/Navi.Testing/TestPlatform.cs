using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Platform.Checkpoints;
using Navi.Platform.Contents;
using Navi.Platform.Data;
using Navi.Platform.Outbox;
using Navi.Platform.Tasks;
using Navi.Platform.Tasks.Events;
using Navi.Platform.Telemetry.Errors;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Testing;

/// <summary>A migrated database with the platform's stores on it.</summary>
public sealed class TestPlatform : IAsyncDisposable
{
    private TestPlatform(TestDatabase server)
    {
        Server = server;
        Database = new NaviDatabase(Options.Create(new DatabaseOptions { ConnectionString = server.ConnectionString }));
        Tasks = new TaskStore(Database);
        Progress = new TaskProgress(Database, Meters, Errors);
        Events = new TaskEventStore(Database);
        Checkpoints = new CheckpointStore(Database, Meters);
        Decisions = new Decisions(Database);
        Outbox = new OutboxStore(Database);
        Contents = new ContentStore(Database);
    }

    /// <summary>Instruments that nobody listens to.</summary>
    public static NaviMeters Meters { get; } = new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    public TestDatabase Server { get; }
    public NaviDatabase Database { get; }
    public TaskStore Tasks { get; }
    public TaskProgress Progress { get; }

    /// <summary>Takes errors; nothing writes them here.</summary>
    public ErrorRecorder Errors { get; } = new(TimeProvider.System);

    public TaskEventStore Events { get; }
    public CheckpointStore Checkpoints { get; }
    public Decisions Decisions { get; }
    public OutboxStore Outbox { get; }
    public ContentStore Contents { get; }

    public static async Task<TestPlatform> CreateAsync()
    {
        var server = await TestDatabase.CreateAsync();
        await Migrator.RunAsync(server.ConnectionString, CancellationToken.None);
        return new TestPlatform(server);
    }

    /// <summary>Creates a task of <paramref name="user"/> and returns its row.</summary>
    public async Task<TaskRow> CreateTaskAsync(
        string organisation = "acme", string user = "ada", string environment = "Local", bool preApproved = false, string? key = null, string repository = "/repository", string prompt = "survey this repository") =>
        (await Tasks.CreateAsync(
            new NewTask(organisation, user, repository, prompt, "rules", environment, preApproved, 60, TimeSpan.FromHours(1), key, "digest"), CancellationToken.None)).Task!;

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await Server.DisposeAsync();
    }
}
