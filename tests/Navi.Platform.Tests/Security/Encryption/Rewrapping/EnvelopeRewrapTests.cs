using System.Net;
using Azure;
using Azure.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.SigningKeys;
using Navi.Platform.Telemetry.Events;
using Navi.Platform.Tests.Security.Support;

namespace Navi.Platform.Tests.Security.Encryption.Rewrapping;

public sealed class EnvelopeRewrapTests
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task Run_AfterTheKeyChanged_WrapsEveryColumnAnewAndNothingNeedsTheOldKey()
    {
        await using var service = await TokenService.CreateAsync();
        var signing = new SigningKeyRotation(service.Database, service.Keys.Cipher("old"), Options.Create(new SigningKeyOptions()), NullLogger<SigningKeyRotation>.Instance);
        await signing.RunAsync(Stop);
        await service.FillAsync("old", 3);
        var address = IPAddress.Parse("192.0.2.1");
        var digest = await new AddressDigests(service.Database, service.Keys.Cipher("old"), TimeProvider.System).OfAsync(address, Stop);

        var first = await service.Rewrap("new").RunAsync(1_000, Stop);
        var second = await service.Rewrap("new").RunAsync(1_000, Stop);

        // Two signing keys, three tokens, the secret of the month.
        Assert.Equal((6, 0, 0L), (first.Rewrapped, first.Overtaken, first.Left));
        Assert.Equal((0, 0, 0L), (second.Rewrapped, second.Overtaken, second.Left));
        Assert.Empty(first.Problems);
        File.Delete(service.Keys.File("old"));
        Assert.Equal("value 2", await service.Tokens("new").ReadAsync("acme", "t2", Stop));
        Assert.Equal(digest, await new AddressDigests(service.Database, service.Keys.Cipher("new"), TimeProvider.System).OfAsync(address, Stop));
        var rotation = new SigningKeyRotation(service.Database, service.Keys.Cipher("new"), Options.Create(new SigningKeyOptions()), NullLogger<SigningKeyRotation>.Instance);
        using var ring = new SigningKeyRing(service.Database, rotation, service.Keys.Cipher("new"), Options.Create(new SigningKeyOptions()), TimeProvider.System);
        Assert.Single((await ring.GetAsync(Stop)).Published);
    }

    [Fact]
    public async Task Run_ValueReplacedMeanwhile_LeavesTheNewValue()
    {
        await using var service = await TokenService.CreateAsync();
        await service.FillAsync("old", 1);
        var writes = 0;
        // Between the reading of the envelope and its replacement, a process with the old setting keeps another value.
        var rewrap = service.Rewrap("new", async keyId =>
        {
            if (keyId == "old" && writes++ == 0)
                await service.Tokens("old").PutAsync("acme", "t0", "newer", "bob", Stop);
        });

        var outcome = await rewrap.RunAsync(1_000, Stop);

        Assert.Equal((0, 1, 1L, 1), (outcome.Rewrapped, outcome.Overtaken, outcome.Left, writes));
        Assert.Equal("newer", await service.Tokens("new").ReadAsync("acme", "t0", Stop));
        var again = await service.Rewrap("new").RunAsync(1_000, Stop);
        Assert.Equal((1, 0L), (again.Rewrapped, again.Left));
        Assert.Equal("newer", await service.Tokens("new").ReadAsync("acme", "t0", Stop));
    }

    [Fact]
    public async Task Run_MoreThanItMayTake_StopsAndTheNextRunGoesOn()
    {
        await using var service = await TokenService.CreateAsync();
        await service.FillAsync("old", 7);

        var lefts = new List<(int, long)>();
        for (var run = 0; run < 4; run++)
        {
            var outcome = await service.Rewrap("new").RunAsync(3, Stop);
            lefts.Add((outcome.Rewrapped, outcome.Left));
        }

        Assert.Equal([(3, 4L), (3, 1L), (1, 0L), (0, 0L)], lefts);
    }

    [Fact]
    public async Task Run_FourProcessesAtOnce_WrapEachValueOnceAndAllOpen()
    {
        await using var service = await TokenService.CreateAsync();
        // More than a batch, over two organisations, so that pages begin in the middle of both.
        await service.FillAsync("old", 90);
        await service.FillAsync("old", 90, "other");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => service.Rewrap("new").RunAsync(1_000, Stop))));

        Assert.Equal(180, outcomes.Sum(o => o.Rewrapped));
        Assert.Equal(0, await service.ScalarAsync<long>("SELECT count(*) FROM navi.encrypted_tokens WHERE position('\\x6f6c64'::bytea in substring(envelope FROM 1 FOR 20)) > 0"));
        File.Delete(service.Keys.File("old"));
        var tokens = service.Tokens("new");
        for (var i = 0; i < 90; i++)
            Assert.Equal(($"value {i}", $"value {i}"), (await tokens.ReadAsync("acme", $"t{i}", Stop), await tokens.ReadAsync("other", $"t{i}", Stop)));
    }

    [Fact]
    public async Task Run_ValueWhoseKeyIsGoneOrThatIsNone_IsToldOfAndTheOthersAreDone()
    {
        await using var service = await TokenService.CreateAsync();
        service.Keys.Add("lost");
        await service.FillAsync("lost", 1, "a");
        await service.FillAsync("old", 2, "b");
        await service.ExecuteAsync("INSERT INTO navi.encrypted_tokens (org_id, name, envelope, by) VALUES ('c', 'no-envelope', '\\x0102', 'ada'), ('c', 'empty', '', 'ada')");
        File.Delete(service.Keys.File("lost"));

        var outcome = await service.Rewrap("new").RunAsync(1_000, Stop);

        Assert.Equal((2, 3L), (outcome.Rewrapped, outcome.Left));
        Assert.Contains(outcome.Problems, p => p.Contains("navi.encrypted_tokens.envelope", StringComparison.Ordinal) && p.Contains("'lost'", StringComparison.Ordinal));
        Assert.Contains(outcome.Problems, p => p.Contains("not one that NAVI encrypted", StringComparison.Ordinal));
        Assert.Equal("value 1", await service.Tokens("new").ReadAsync("b", "t1", Stop));
    }

    [Fact]
    public async Task Run_EnvelopeThatSomebodyMoved_IsWrappedAnewAndStaysRefused()
    {
        await using var service = await TokenService.CreateAsync();
        await service.FillAsync("old", 2);
        await service.ExecuteAsync("UPDATE navi.encrypted_tokens SET envelope = (SELECT envelope FROM navi.encrypted_tokens WHERE name = 't0') WHERE name = 't1'");

        await service.Rewrap("new").RunAsync(1_000, Stop);

        Assert.Equal("value 0", await service.Tokens("new").ReadAsync("acme", "t0", Stop));
        var refusal = await Assert.ThrowsAsync<CipherException>(() => service.Tokens("new").ReadAsync("acme", "t1", Stop));
        Assert.DoesNotContain("value", refusal.Message.Replace("The value", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refused", "429 Throttled")]
    [InlineData("unreachable", "could not be reached")]
    [InlineData("nobody", "no managed identity here")]
    public async Task Run_KeyServiceFailsAtOnce_ChangesNothingAndSaysWhy(string how, string said)
    {
        await using var service = await TokenService.CreateAsync();

        var refused = await Assert.ThrowsAsync<EncryptionKeyException>(() => service.Rewrap("new", _ => throw Failure(how)).RunAsync(1_000, Stop));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CurrentKeyMissing_ChangesNothing()
    {
        await using var service = await TokenService.CreateAsync();
        await service.FillAsync("old", 1);
        var before = await service.ScalarAsync<byte[]>("SELECT envelope FROM navi.encrypted_tokens");
        File.Delete(service.Keys.File("new"));

        await Assert.ThrowsAsync<EncryptionKeyException>(() => service.Rewrap("new").RunAsync(1_000, Stop));

        Assert.Equal(before, await service.ScalarAsync<byte[]>("SELECT envelope FROM navi.encrypted_tokens"));
    }

    [Theory]
    [InlineData("refused", "429 Throttled")]
    [InlineData("unreachable", "could not be reached")]
    [InlineData("nobody", "no managed identity here")]
    public async Task Run_KeyServiceFailsInTheMiddle_StopsAndTellsWhatIsLeft(string how, string said)
    {
        await using var service = await TokenService.CreateAsync();
        await service.FillAsync("old", 3);
        var asked = 0;
        var rewrap = service.Rewrap("new", keyId => keyId == "old" && ++asked == 2 ? throw Failure(how) : Task.CompletedTask);

        var outcome = await rewrap.RunAsync(1_000, Stop);

        Assert.Equal((1, 2L), (outcome.Rewrapped, outcome.Left));
        Assert.Contains(said, Assert.Single(outcome.Problems), StringComparison.Ordinal);
        Assert.Equal(0, (await service.Rewrap("new").RunAsync(1_000, Stop)).Left);
        Assert.Equal("value 2", await service.Tokens("new").ReadAsync("acme", "t2", Stop));
    }

    // As Azure's clients fail: at once, after several attempts, and for want of an identity.
    private static Exception Failure(string how) => how switch
    {
        "refused" => new RequestFailedException(429, "slow down", "Throttled", null),
        "unreachable" => new AggregateException("Retry failed after 4 tries.", new RequestFailedException("no route"), new TaskCanceledException()),
        _ => new CredentialUnavailableException("no managed identity here"),
    };
}
