using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Navi.Portable.Durable;
using Navi.Testing;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Tasks;

public sealed class CheckpointTests
{
    private const string Rename = "rename add_numbers to sum_numbers and run the tests";

    [Fact]
    public async Task Review_Approved_PublishesExactlyTheDiffThatWasShown()
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Repositories.Python(navi.Place("repository"));
        var up = await navi.UpAsync();
        var task = await up.CreateTaskAsync(repository, Rename);
        var gate = await up.PendingAsync(task);
        var shown = (await up.CheckpointAsync(gate)).GetProperty("diff").GetString()!;

        Assert.Equal(HttpStatusCode.OK, (await up.DecideAsync(gate, "approve")).StatusCode);
        var ended = await up.FinishedAsync(task);

        Assert.Equal("completed", ended.GetProperty("stop_reason").GetString());
        Assert.Equal(shown, await up.Http.GetStringAsync($"/v1/tasks/{task}/diff"));
        // git itself makes the published tree of the base and the shown patch.
        var copy = navi.Place("copy");
        Repositories.Git(navi.Home, "clone", "-q", repository, copy);
        await File.WriteAllTextAsync(navi.Place("shown.diff"), shown);
        Repositories.Git(copy, "apply", "--index", navi.Place("shown.diff"));
        Assert.Equal(Repositories.Git(repository, "rev-parse", $"navi/{task}^{{tree}}"), Repositories.Git(copy, "write-tree"));
    }

    [Fact]
    public async Task Review_Rejected_PublishesNothing()
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Repositories.Python(navi.Place("repository"));
        var up = await navi.UpAsync();
        var task = await up.CreateTaskAsync(repository, Rename);

        await up.DecideAsync(await up.PendingAsync(task), "reject", "not now");

        Assert.Equal("rejected", (await up.FinishedAsync(task)).GetProperty("stop_reason").GetString());
        Assert.Null(Repositories.NaviBranch(repository));
    }

    [Fact]
    public async Task Review_Undecided_ExpiresAndPublishesNothing()
    {
        await using var navi = await Installation.CreateAsync();
        navi.Environment["Navi__Agent__CheckpointLifetime"] = "00:00:02";
        var repository = Repositories.Python(navi.Place("repository"));
        var up = await navi.UpAsync();
        var task = await up.CreateTaskAsync(repository, Rename);
        var gate = await up.PendingAsync(task);

        Assert.Equal("expired", (await up.FinishedAsync(task)).GetProperty("stop_reason").GetString());
        Assert.Null(Repositories.NaviBranch(repository));
        Assert.Equal(HttpStatusCode.Conflict, (await up.DecideAsync(gate, "approve")).StatusCode);
    }

    [Fact]
    public async Task Decision_RepeatedThenOther_Is200ThenConflictWithWhoAndWhen()
    {
        await using var navi = await Installation.CreateAsync();
        var up = await navi.UpAsync();
        var task = await up.CreateTaskAsync(Repositories.Python(navi.Place("repository")), Rename);
        var gate = await up.PendingAsync(task);

        var first = await up.DecideAsync(gate, "approve");
        var second = await up.DecideAsync(gate, "approve");
        var third = await up.DecideAsync(gate, "reject");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode, third.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.True(JsonElement.Parse(await first.Content.ReadAsStringAsync()).GetProperty("self_approved").GetBoolean());
        var problem = await third.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains("approve", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        await up.FinishedAsync(task);
    }

    [Fact]
    public async Task Event_ForgedOrRepeated_ChangesNothing()
    {
        await using var navi = await Installation.CreateAsync();
        var up = await navi.UpAsync();
        var repository = Repositories.Python(navi.Place("repository"));
        var task = await up.CreateTaskAsync(repository, Rename);
        var gate = await up.PendingAsync(task);
        await using var client = Durable(navi);
        var instance = $"{task}-cp-1";

        for (var i = 0; i < 60; i++)
            await client.GetRequiredService<DurableTaskClient>().RaiseEventAsync(instance, $"decided-{gate:n}", new { decision = "approve", status = "approved" });
        await client.GetRequiredService<DurableTaskClient>().RaiseEventAsync(task.ToString(), "approved", true);

        await Wait.UntilAsync(async () => await PendingMessagesAsync(navi) == 0, () => "the forged events were not consumed");
        Assert.Equal("pending", (await up.CheckpointAsync(gate)).GetProperty("status").GetString());
        Assert.Null(Repositories.NaviBranch(repository));
        await up.DecideAsync(gate, "reject");
        Assert.Equal("rejected", (await up.FinishedAsync(task)).GetProperty("stop_reason").GetString());
    }

    private static ServiceProvider Durable(Installation navi) =>
        new ServiceCollection().AddLogging().AddPortableDurable(o =>
        {
            o.ConnectionString = navi.Database.ConnectionString;
            o.RunWorker = false;
        }).BuildServiceProvider();

    private static async Task<long> PendingMessagesAsync(Installation navi)
    {
        await using var connection = new Npgsql.NpgsqlConnection(navi.Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand("SELECT count(*) FROM durable.inbox WHERE visible_at <= now() AND instance_id LIKE '%-cp-%'", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
