using Navi.Portable.Durable.Tests.Support;
using Navi.Portable.Durable.Worker;

namespace Navi.Portable.Durable.Tests.Worker;

public sealed class UnknownClaimsTests
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private readonly SteppedTime time = new();
    private readonly List<int> claims = [1, 2];
    private readonly HashSet<int> known = [1];
    private readonly List<int> released = [];
    private bool fails;

    [Fact]
    public async Task Check_UnknownAtBothLooks_IsReleased()
    {
        var unknown = Make();
        unknown.Suspect();
        await unknown.CheckAsync(CancellationToken.None);
        Assert.Empty(released);
        time.Advance(Between);

        await unknown.CheckAsync(CancellationToken.None);

        Assert.Equal([2], released);
    }

    [Fact]
    public async Task Check_SuspectedAtEveryLook_ReleasesAllTheSame()
    {
        var unknown = Make();
        for (var look = 0; look < 4; look++)
        {
            unknown.Suspect();
            await unknown.CheckAsync(CancellationToken.None);
            time.Advance(Between / 2);
        }

        Assert.Equal([2], released);
    }

    [Fact]
    public async Task Check_KnownAtTheSecondLook_IsLeft()
    {
        var unknown = Make();
        unknown.Suspect();
        await unknown.CheckAsync(CancellationToken.None);
        // The answer arrived; another claim's has not.
        known.Add(2);
        claims.Add(3);
        time.Advance(Between);

        await unknown.CheckAsync(CancellationToken.None);

        Assert.Empty(released);
    }

    [Fact]
    public async Task Check_DatabaseFails_LooksAgainLater()
    {
        var unknown = Make();
        unknown.Suspect();
        fails = true;
        await Assert.ThrowsAsync<TimeoutException>(() => unknown.CheckAsync(CancellationToken.None));
        fails = false;

        await unknown.CheckAsync(CancellationToken.None);
        time.Advance(Between);
        await unknown.CheckAsync(CancellationToken.None);

        Assert.Equal([2], released);
    }

    private UnknownClaims<int> Make() => new(
        _ => fails ? throw new TimeoutException() : Task.FromResult<IReadOnlyList<int>>([.. claims]),
        known.Contains,
        (found, _) =>
        {
            released.AddRange(found);
            claims.RemoveAll(found.Contains);
            return Task.CompletedTask;
        },
        time,
        Between);
}
