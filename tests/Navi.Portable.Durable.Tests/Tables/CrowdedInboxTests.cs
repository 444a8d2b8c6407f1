using Navi.Portable.Durable.Tests.Support;
using Navi.Testing;

namespace Navi.Portable.Durable.Tests.Tables;

/// <summary>A look for work sees the oldest messages only, unless they lead to nothing.</summary>
public sealed class CrowdedInboxTests : IAsyncLifetime
{
    private const int Many = 3000;

    private TestDatabase database = null!;
    private DurableHost client = null!;
    private long worker;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        client = await DurableHost.StartAsync(database, _ => { }, options => options.RunWorker = false);
        worker = await Sql.ScalarAsync<long>(database, "INSERT INTO durable.workers (name) VALUES ('one') RETURNING worker_id");
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Claim_ManyWait_TakesTheOldestAndTellsKeptOnesToo()
    {
        await AddAsync("i", Many, "6", "NULL", 1);
        await AddAsync("kept", 1, "0", $"{worker}", 5);

        var (claimed, addressed) = await ClaimAsync(3);

        Assert.Equal(["i1", "i2", "i3"], claimed.Order(StringComparer.Ordinal));
        Assert.Equal(["kept1"], addressed);
    }

    [Theory]
    [InlineData("7", "NULL")]
    [InlineData("0", "4711")]
    public async Task Claim_ManyBeforeItAreNotToBeTaken_FindsWhatIsBehind(string status, string keeper)
    {
        await AddAsync("i", Many, status, keeper, 5);
        await AddAsync("behind", 1, "6", "NULL", 1);
        await AddAsync("kept", 1, "0", $"{worker}", 5);

        var (claimed, addressed) = await ClaimAsync(3);

        Assert.Equal(["behind1"], claimed);
        Assert.Equal(["kept1"], addressed);
    }

    [Fact]
    public async Task Claim_NoRoomAndManyWait_TellsKeptOnes()
    {
        await AddAsync("i", Many, "6", "NULL", 1);
        await AddAsync("kept", 1, "0", $"{worker}", 5);

        var (claimed, addressed) = await ClaimAsync(0);

        Assert.Empty(claimed);
        Assert.Equal(["kept1"], addressed);
    }

    private async Task<(IEnumerable<string> Claimed, IReadOnlyList<string> Addressed)> ClaimAsync(int count)
    {
        var (claimed, addressed) = await client.Runtime.Instances.ClaimAsync(worker, count, null, TestContext.Current.CancellationToken);
        return (claimed.Select(instance => instance.InstanceId), addressed);
    }

    private Task AddAsync(string prefix, int count, string status, string keeper, int kind) => Sql.ExecuteAsync(
        database,
        $"""
        WITH made AS (
          INSERT INTO durable.instances (instance_id, name, status, worker_id)
          SELECT '{prefix}' || n, 'Any', {status}, {keeper} FROM generate_series(1, {count}) n RETURNING instance_id, incarnation
        )
        INSERT INTO durable.inbox (instance_id, incarnation, kind, visible_at)
        SELECT instance_id, incarnation, {kind}, clock_timestamp() FROM made ORDER BY incarnation
        """);
}
