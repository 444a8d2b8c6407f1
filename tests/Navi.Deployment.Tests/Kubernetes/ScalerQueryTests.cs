using Dapper;
using Navi.Platform.Data;
using Navi.Testing;

namespace Navi.Deployment.Tests.Kubernetes;

/// <summary>The queries of the manifests on a real PostgreSQL with the real schema and real work, asked by a login as KEDA has it.</summary>
public sealed class ScalerQueryTests
{
    [Theory]
    [InlineData("staging/portable")]
    [InlineData("production/portable")]
    public async Task PortableQuery_WorkComesAndGoes_FollowsWhatWaitsAndRuns(string overlay)
    {
        await using var platform = await TestPlatform.CreateAsync();
        await using var work = await DurableWork.StartAsync(platform.Server);
        await using var login = await ScalerLogin.CreateAsync(platform.Server);
        var query = await Manifests.QueryAsync(overlay);
        Assert.Equal(0, await login.NumberAsync(query));

        await work.BeginAsync(5 * DurableWork.Places);

        // Four run and sixteen wait, and all of them count: a pod that works is not idle.
        await BecomesAsync(5 * DurableWork.Places, () => login.NumberAsync(query));
        await BecomesAsync(DurableWork.Places, () => login.NumberAsync("SELECT activities_running FROM durable.backlog"));
        // An activity that its instance's turn has not written yet is waiting nowhere.
        await BecomesAsync(4 * DurableWork.Places, () => login.NumberAsync("SELECT activities_waiting FROM durable.backlog"));

        work.Release();

        await BecomesAsync(0, () => login.NumberAsync(query));
    }

    [Fact]
    public async Task AzureQuery_TasksComeAndBegin_FollowsThoseThatHaveNot()
    {
        await using var platform = await TestPlatform.CreateAsync();
        await using var login = await ScalerLogin.CreateAsync(platform.Server);
        var query = await Manifests.QueryAsync("production/azure-functions");
        Assert.Equal(0, await login.NumberAsync(query));

        await platform.CreateTaskAsync("acme");
        var second = await platform.CreateTaskAsync("other");
        var third = await platform.CreateTaskAsync("acme");

        Assert.Equal(3, await login.NumberAsync(query));
        await ChangeAsync("UPDATE navi.tasks SET status = 'running' WHERE id = @Id", second.Id);
        Assert.Equal(2, await login.NumberAsync(query));
        Assert.Equal(1, await login.NumberAsync("SELECT running FROM scaling.tasks"));
        await ChangeAsync("UPDATE navi.tasks SET suspended_at = now(), suspended_by = 'ada' WHERE id = @Id", third.Id);
        Assert.Equal(1, await login.NumberAsync(query));
        await ChangeAsync("UPDATE navi.tasks SET status = 'waiting' WHERE id = @Id", second.Id);
        Assert.Equal(0, await login.NumberAsync("SELECT running FROM scaling.tasks"));

        Task ChangeAsync(string sql, Guid id) => platform.Database.RunAsync(Scope.System, c => c.ExecuteAsync(sql, new { Id = id }), CancellationToken.None);
    }

    private static async Task BecomesAsync(double wanted, Func<Task<double>> number)
    {
        var last = -1d;
        await Wait.UntilAsync(async () => (last = await number()) == wanted, () => $"It is {last} and never became {wanted}.");
    }
}
