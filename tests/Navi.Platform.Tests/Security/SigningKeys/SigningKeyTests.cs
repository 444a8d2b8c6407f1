using System.Security.Cryptography;
using Dapper;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Navi.Platform.Data;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.SigningKeys;
using Navi.Platform.Tests.Security.Support;
using Npgsql;

namespace Navi.Platform.Tests.Security.SigningKeys;

public sealed class SigningKeyTests
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task Run_TenFirstStartsAtOnce_MakeOneKeyOfEachUseThatWorksAtOnce()
    {
        await using var service = await KeyService.CreateAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => service.MakeRotation("one").RunAsync(Stop))));

        Assert.Equal(2, made.Sum());
        var set = await service.ReadAsync();
        Assert.Equal(set.Signing.KeyId, Assert.Single(set.Published).KeyId);
        Assert.Single(set.Encrypting);
        Assert.Equal(0, await service.Rotation.RunAsync(Stop));
    }

    [Fact]
    public async Task Get_TenRingsOnAnEmptyTable_AllHaveTheSameKeys()
    {
        await using var service = await KeyService.CreateAsync();

        var sets = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => service.MakeRing("one").GetAsync(Stop).AsTask())));

        Assert.Single(sets.Select(s => s.Version).Distinct());
        Assert.Equal(2, await service.ScalarAsync<long>("SELECT count(*) FROM navi.signing_keys"));
    }

    [Fact]
    public async Task Keys_Signing_VerifyByWhatIsPublishedAndCarryNoPrivatePart()
    {
        await using var service = await KeyService.CreateAsync();
        var set = await service.ReadAsync();

        Assert.True((await ValidateAsync(Sign(set), set)).IsValid);
        Assert.All(set.Published, k => Assert.ThrowsAny<CryptographicException>(() => ((ECDsaSecurityKey)k).ECDsa.ExportParameters(includePrivateParameters: true)));
        Assert.Equal(Base64UrlEncoder.Encode(set.Published[0].ComputeJwkThumbprint()), set.Signing.KeyId);
        Assert.Equal(256, set.Encrypting[0].KeySize);
        var jwk = JsonWebKey.Create(await service.ScalarAsync<string>("SELECT public_jwk::text FROM navi.signing_keys WHERE use = 'sign'"));
        Assert.Equal(set.Published[0].ComputeJwkThumbprint(), jwk.ComputeJwkThumbprint());
        Assert.Equal(("ES256", set.Signing.KeyId), (jwk.Alg, jwk.Kid));
        Assert.False(jwk.HasPrivateKey);
    }

    [Fact]
    public async Task NextKey_PublishedButNotActive_NeverSigns()
    {
        await using var service = await KeyService.CreateAsync();
        var first = await service.ReadAsync();
        await service.PassAsync(service.Settings.Lifetime - TimeSpan.FromHours(1));
        Assert.Equal(2, await service.Rotation.RunAsync(Stop));

        var between = await service.ReadAsync();
        Assert.Equal(first.Signing.KeyId, between.Signing.KeyId);
        Assert.Equal(first.Encrypting[0].KeyId, between.Encrypting[0].KeyId);
        Assert.Equal((2, 2), (between.Published.Count, between.Encrypting.Count));
        await service.PassAsync(TimeSpan.FromHours(1));
        var after = await service.ReadAsync();

        Assert.Equal(between.Published[1].KeyId, after.Signing.KeyId);
        Assert.Equal(between.Encrypting[1].KeyId, after.Encrypting[0].KeyId);
        Assert.True((await ValidateAsync(Sign(between), after)).IsValid);
        Assert.True((await ValidateAsync(Sign(after), between)).IsValid);
    }

    [Fact]
    public async Task RetiredKey_AfterKeepAfter_VerifiesNoMoreAndItsRowGoes()
    {
        await using var service = await KeyService.CreateAsync();
        var first = await service.ReadAsync();
        await service.PassAsync(service.Settings.Lifetime);
        await service.Rotation.RunAsync(Stop);
        await service.PassAsync(service.Settings.PublishLead + service.Settings.KeepAfter - TimeSpan.FromMinutes(1));
        Assert.True((await ValidateAsync(Sign(first), await service.ReadAsync())).IsValid);
        await service.PassAsync(TimeSpan.FromMinutes(1));

        Assert.False((await ValidateAsync(Sign(first), await service.ReadAsync())).IsValid);
        Assert.Contains((await service.ReadAsync()).Encrypting, k => k.KeyId == first.Encrypting[0].KeyId);
        Assert.Equal(1, await service.Rotation.RunAsync(Stop));
        Assert.Equal(3, await service.ScalarAsync<long>("SELECT count(*) FROM navi.signing_keys"));
    }

    [Fact]
    public async Task Run_AfterAllKeysWereDeleted_LeavesNoOlderKey()
    {
        await using var service = await KeyService.CreateAsync();
        var before = await service.ReadAsync();
        await service.ReplaceAllAsync();
        var after = await service.ReadAsync();

        Assert.False((await ValidateAsync(Sign(before), after)).IsValid);
        Assert.NotEqual(before.Version, after.Version);
        Assert.DoesNotContain(before.Encrypting[0].KeyId, after.Encrypting.Select(k => k.KeyId));
        Assert.Equal((1, 1), (after.Published.Count, after.Encrypting.Count));
    }

    [Fact]
    public async Task Get_KeyInUseDeletedByHand_MakesAnother()
    {
        await using var service = await KeyService.CreateAsync();
        await service.ReadAsync();
        await service.PassAsync(service.Settings.Lifetime);
        await service.Rotation.RunAsync(Stop);
        await service.PassAsync(TimeSpan.FromHours(1));
        var used = await service.ReadAsync();
        await service.ExecuteAsync("DELETE FROM navi.signing_keys WHERE id = @KeyId", new { used.Signing.KeyId });

        var mended = await service.ReadAsync();
        Assert.DoesNotContain(mended.Signing.KeyId, used.Published.Select(k => k.KeyId));
    }

    [Fact]
    public async Task Table_ReadByTheApplicationsRole_IsRefused()
    {
        await using var service = await KeyService.CreateAsync();
        await service.ReadAsync();

        foreach (var sql in (string[])["SELECT * FROM navi.signing_keys", "DELETE FROM navi.signing_keys", "UPDATE navi.signing_keys SET use = use"])
        {
            var failure = await Assert.ThrowsAsync<PostgresException>(() => service.Database.RunAsync(Scope.Of("navi"), c => c.ExecuteAsync(sql), Stop));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, failure.SqlState);
        }
    }

    [Fact]
    public async Task Read_PrivateKeyMovedToAnotherRow_Fails()
    {
        await using var service = await KeyService.CreateAsync();
        await service.ReadAsync();
        await service.PassAsync(service.Settings.Lifetime);
        await service.Rotation.RunAsync(Stop);
        await service.ExecuteAsync(
            "UPDATE navi.signing_keys SET private_key = (SELECT private_key FROM navi.signing_keys WHERE use = 'sign' ORDER BY active_from LIMIT 1) WHERE use = 'sign'");

        Assert.Contains("changed or moved", (await Assert.ThrowsAsync<CipherException>(() => service.MakeRing("one").GetAsync(Stop).AsTask())).Message);
    }

    [Fact]
    public async Task Read_PublicKeyExchanged_IsNotWhatIsPublished()
    {
        await using var service = await KeyService.CreateAsync();
        var set = await service.ReadAsync();
        await service.ExecuteAsync("""UPDATE navi.signing_keys SET public_jwk = '{"kty":"EC","crv":"P-256","x":"stranger","y":"stranger"}' WHERE use = 'sign'""");

        var read = await service.MakeRing("one").GetAsync(Stop);

        Assert.Equal(set.Published[0].ComputeJwkThumbprint(), read.Published[0].ComputeJwkThumbprint());
    }

    [Fact]
    public async Task Rotate_KeyInTheMiddleOfItsLife_AnnouncesTheNextOneAndLetsItTakeOverAfterTheLead()
    {
        await using var service = await KeyService.CreateAsync();
        var before = await service.ReadAsync();
        await service.PassAsync(TimeSpan.FromDays(3));

        var keys = await service.Rotation.RotateAsync(Stop);
        var announced = await service.ReadAsync();

        Assert.Equal(["current", "current", "next", "next"], keys.Select(k => k.State).Order());
        Assert.Equal(before.Signing.KeyId, announced.Signing.KeyId);
        var next = Assert.Single(announced.Published, k => k.KeyId != before.Signing.KeyId);
        Assert.Equal(2, announced.Encrypting.Count);
        await service.PassAsync(service.Settings.PublishLead - TimeSpan.FromMinutes(1));
        Assert.Equal(before.Signing.KeyId, (await service.ReadAsync()).Signing.KeyId);
        await service.PassAsync(TimeSpan.FromMinutes(2));
        var after = await service.ReadAsync();
        Assert.Equal(next.KeyId, after.Signing.KeyId);
        // What the key before has signed is good as long as always.
        Assert.Contains(before.Signing.KeyId, after.Published.Select(k => k.KeyId));
        Assert.True((await ValidateAsync(Sign(before), after)).IsValid);
    }

    [Fact]
    public async Task Rotate_AskedForTenTimes_MakesOneNextKeyOfEachUse()
    {
        await using var service = await KeyService.CreateAsync();
        await service.ReadAsync();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => service.MakeRotation("one").RotateAsync(Stop)));

        Assert.Equal((2, 2), (await service.ScalarAsync<int>("SELECT count(*) FROM navi.signing_keys WHERE use = 'sign'"), await service.ScalarAsync<int>("SELECT count(*) FROM navi.signing_keys WHERE use = 'encrypt'")));
    }

    private static string Sign(SigningKeySet set) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "navi", Audience = "navi", SigningCredentials = new SigningCredentials(set.Signing, SecurityAlgorithms.EcdsaSha256),
    });

    private static Task<TokenValidationResult> ValidateAsync(string token, SigningKeySet set) => new JsonWebTokenHandler().ValidateTokenAsync(
        token, new TokenValidationParameters { ValidIssuer = "navi", ValidAudience = "navi", IssuerSigningKeys = set.Published });
}
