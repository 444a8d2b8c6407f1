using Navi.Platform.Security.Encryption;
using Navi.Platform.Tests.Security.Support;

namespace Navi.Platform.Tests.Security.SigningKeys;

/// <summary>When a process reads the keys again.</summary>
public sealed class SigningKeyRingTests
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task Get_WithinRefreshEvery_ReadsOnce()
    {
        await using var service = await KeyService.CreateAsync();
        Assert.Null(service.Ring.Current);
        var first = await service.Ring.GetAsync(Stop);
        await service.ReplaceAllAsync();
        service.Time.Advance(service.Settings.RefreshEvery - TimeSpan.FromMilliseconds(1));
        Assert.Same(first, await service.Ring.GetAsync(Stop));
        service.Time.Advance(TimeSpan.FromMilliseconds(1));

        var second = await service.Ring.GetAsync(Stop);

        Assert.NotEqual(first.Signing.KeyId, second.Signing.KeyId);
        Assert.Same(second, service.Ring.Current);
    }

    [Fact]
    public async Task Refresh_TwiceInASecond_ReadsOnce()
    {
        await using var service = await KeyService.CreateAsync();
        var first = await service.Ring.RefreshAsync(Stop);
        await service.ReplaceAllAsync();

        Assert.Same(first, await service.Ring.RefreshAsync(Stop));
        service.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first.Version, (await service.Ring.RefreshAsync(Stop)).Version);
    }

    [Fact]
    public async Task Refresh_AfterOneThatFailed_TriesAgainOnlyAfterASecond()
    {
        await using var service = await KeyService.CreateAsync();
        var first = await service.Ring.GetAsync(Stop);
        await service.ExecuteAsOwnerAsync("ALTER TABLE navi.signing_keys RENAME TO gone");
        service.Time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => service.Ring.RefreshAsync(Stop));

        Assert.Same(first, await service.Ring.RefreshAsync(Stop));
    }

    [Fact]
    public async Task Get_NothingChanged_GivesTheSameSetAgain()
    {
        await using var service = await KeyService.CreateAsync();
        var first = await service.Ring.GetAsync(Stop);
        service.Time.Advance(service.Settings.RefreshEvery);

        Assert.Same(first, await service.Ring.GetAsync(Stop));
    }

    [Fact]
    public async Task Get_WhenTheNextKeysTimeComes_DoesNotWaitForRefreshEvery()
    {
        await using var service = await KeyService.CreateAsync();
        await service.Ring.GetAsync(Stop);
        await service.PassAsync(service.Settings.Lifetime - TimeSpan.FromHours(1));
        await service.Rotation.RunAsync(Stop);
        await service.PassAsync(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(20));
        var before = await service.ReadAsync();
        await service.PassAsync(TimeSpan.FromSeconds(20));
        service.Time.Advance(TimeSpan.FromSeconds(20));

        var after = await service.Ring.GetAsync(Stop);

        Assert.Equal(before.Published[1].KeyId, after.Signing.KeyId);
    }

    [Fact]
    public async Task Get_WithAnotherKeyFile_SaysWhichKeyDoesNotFit()
    {
        await using var service = await KeyService.CreateAsync();
        await service.Ring.GetAsync(Stop);
        service.Keys.Add("one");

        var message = (await Assert.ThrowsAsync<CipherException>(() => service.MakeRing("one").GetAsync(Stop).AsTask())).Message;

        Assert.Contains("the key 'one'", message);
        Assert.Contains("navi.signing_keys.private_key", message);
    }
}
