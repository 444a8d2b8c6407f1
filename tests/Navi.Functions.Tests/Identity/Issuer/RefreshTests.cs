using System.Net;
using System.Text.Json;
using Navi.Functions.Tests.Identity.Issuer.Support;
using Navi.Testing;

namespace Navi.Functions.Tests.Identity.Issuer;

/// <summary>Refresh tokens: good once, renewed with what holds now, and the end of the whole sign-in when one comes twice.</summary>
public sealed class RefreshTests
{
    [Fact]
    public async Task RefreshToken_SentAgain_RevokesEverythingOfTheSignIn()
    {
        await using var navi = await IssuerSlice.StartAsync();
        var first = await navi.TokensAsync();
        var other = await navi.TokensAsync();
        var second = await Device.RefreshAsync(navi.Http, Device.Text(first, "refresh_token"));
        var access = Device.Text(second, "access_token");
        Assert.NotEqual(Device.Text(first, "refresh_token"), Device.Text(second, "refresh_token"));
        Assert.Equal(HttpStatusCode.OK, (await navi.MeAsync(access)).Status);
        // Somebody has a copy of the first one.
        Assert.Equal("invalid_grant", Device.Error(await Device.RefreshAsync(navi.Http, Device.Text(first, "refresh_token"))));
        Assert.Equal("invalid_grant", Device.Error(await Device.RefreshAsync(navi.Http, Device.Text(second, "refresh_token"))));
        // Never shown before: refused at once. Shown before: refused when the good answer is forgotten.
        Assert.Equal(HttpStatusCode.Unauthorized, (await navi.MeAsync(Device.Text(first, "access_token"))).Status);
        await Wait.UntilAsync(async () => (await navi.MeAsync(access)).Status == HttpStatusCode.Unauthorized, () => "the access token goes on");
        // Another sign-in of the same person is not touched.
        Assert.Equal(HttpStatusCode.OK, (await navi.MeAsync(Device.Text(other, "access_token"))).Status);
        Assert.Null(Device.Error(await Device.RefreshAsync(navi.Http, Device.Text(other, "refresh_token"))));
    }

    [Fact]
    public async Task RefreshToken_SentByTwentyAtOnce_IsGoodForOneAtMost()
    {
        await using var navi = await IssuerSlice.StartAsync();
        var token = Device.Text(await navi.TokensAsync(), "refresh_token");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Device.RefreshAsync(navi.Http, token)));
        Assert.InRange(answers.Count(a => Device.Error(a) is null), 0, 1);
        Assert.All(answers.Where(a => Device.Error(a) is not null), a => Assert.Equal("invalid_grant", Device.Error(a)));
        // Somebody has a copy: what the fastest got ends too.
        Assert.Equal("revoked", await navi.SqlAsync("SELECT string_agg(DISTINCT status, ' ') FROM navi.issuer_authorizations"));
        foreach (var won in answers.Where(a => Device.Error(a) is null))
        {
            Assert.Equal("invalid_grant", Device.Error(await Device.RefreshAsync(navi.Http, Device.Text(won, "refresh_token"))));
            Assert.Equal(HttpStatusCode.Unauthorized, (await navi.MeAsync(Device.Text(won, "access_token"))).Status);
        }
    }

    [Fact]
    public async Task RefreshToken_SentAgainAfterTheUpkeep_StillEndsTheSignIn()
    {
        await using var navi = await IssuerSlice.StartAsync();
        var first = await navi.TokensAsync();
        var second = await Device.RefreshAsync(navi.Http, Device.Text(first, "refresh_token"));
        // A weekend passes between the thief's use and the owner's.
        await navi.SqlAsync("UPDATE navi.issuer_tokens SET creation_date = creation_date - interval '3 days'; UPDATE navi.issuer_authorizations SET creation_date = creation_date - interval '3 days'");
        await navi.UpkeepAsync();
        Assert.Equal("invalid_grant", Device.Error(await Device.RefreshAsync(navi.Http, Device.Text(first, "refresh_token"))));
        Assert.Equal("invalid_grant", Device.Error(await Device.RefreshAsync(navi.Http, Device.Text(second, "refresh_token"))));
        Assert.Equal("revoked", await navi.SqlAsync("SELECT string_agg(DISTINCT status, ' ') FROM navi.issuer_authorizations"));
    }

    [Fact]
    public async Task Upkeep_DevicesThatNobodyAnswered_AreRemovedAndNothingElse()
    {
        await using var navi = await IssuerSlice.StartAsync();
        var tokens = await navi.TokensAsync();
        await Device.BeginAsync(navi.Http);
        await navi.SqlAsync("UPDATE navi.issuer_tokens SET creation_date = creation_date - interval '2 days', expiration_date = expiration_date - interval '2 days' WHERE type LIKE '%_code'; UPDATE navi.issuer_authorizations SET creation_date = creation_date - interval '2 days'");
        await navi.UpkeepAsync();
        Assert.Equal(0L, await navi.SqlAsync("SELECT count(*) FROM navi.issuer_tokens WHERE type LIKE '%_code'"));
        Assert.Equal(1L, await navi.SqlAsync("SELECT count(*) FROM navi.issuer_authorizations"));
        Assert.Null(Device.Error(await Device.RefreshAsync(navi.Http, Device.Text(tokens, "refresh_token"))));
    }

    [Fact]
    public async Task SignIn_RenewedUntilItsLongestTime_Ends()
    {
        await using var navi = await IssuerSlice.StartAsync();
        var tokens = await navi.TokensAsync();
        await navi.SqlAsync("UPDATE navi.issuer_authorizations SET creation_date = creation_date - interval '29 days'");
        tokens = await Device.RefreshAsync(navi.Http, Device.Text(tokens, "refresh_token"));
        Assert.Null(Device.Error(tokens));
        await navi.SqlAsync("UPDATE navi.issuer_authorizations SET creation_date = creation_date - interval '1 day'");
        Assert.Equal("invalid_grant", Device.Error(await Device.RefreshAsync(navi.Http, Device.Text(tokens, "refresh_token"))));
    }

    [Fact]
    public async Task Refresh_AfterAnAdministratorsWord_CarriesTheNewRolesOrEnds()
    {
        await using var navi = await IssuerSlice.StartAsync();
        var tokens = await navi.TokensAsync(IssuerSlice.Bob);
        var admin = "/v1/users/bob";
        var before = await navi.SendAsync(HttpMethod.Get, "/v1/users", IssuerSlice.Bob);
        Assert.Equal("configuration", before.Body.GetProperty("items")[0].GetProperty("roles_from").GetString());
        Assert.Equal(HttpStatusCode.OK, (await navi.SendAsync(HttpMethod.Put, admin, IssuerSlice.Bob, new { roles = new[] { "approver" } })).Status);
        var renewed = await Device.RefreshAsync(navi.Http, Device.Text(tokens, "refresh_token"));
        Assert.Equal(["approver", "viewer"], Roles((await navi.MeAsync(Device.Text(renewed, "access_token"))).Body));
        // What the configuration says afterwards does not undo it.
        await navi.LinkAsync(IssuerSlice.Bob);
        renewed = await Device.RefreshAsync(navi.Http, Device.Text(renewed, "refresh_token"));
        Assert.Equal(["approver", "viewer"], Roles((await navi.MeAsync(Device.Text(renewed, "access_token"))).Body));
        await navi.SqlAsync("UPDATE navi.users SET disabled_at = now() WHERE id = 'bob'");
        Assert.Equal("invalid_grant", Device.Error(await Device.RefreshAsync(navi.Http, Device.Text(renewed, "refresh_token"))));
    }

    [Fact]
    public async Task Disabled_ByAnAdministrator_IsSignedOutEverywhere()
    {
        await using var navi = await IssuerSlice.StartAsync();
        using var browser = await navi.SignedInAsync(IssuerSlice.Bob);
        var tokens = await navi.TokensAsync(IssuerSlice.Bob);
        // An administrator of another organisation has no hand on it.
        Assert.Equal(HttpStatusCode.OK, (await navi.SendAsync(HttpMethod.Put, "/v1/users/bob", null, new { roles = Array.Empty<string>(), disabled = true })).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/connect/verify")).Status);
        Assert.Equal(HttpStatusCode.OK, (await navi.MeAsync(Device.Text(tokens, "access_token"))).Status);
        // Nobody disables themselves.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await navi.SendAsync(HttpMethod.Put, "/v1/users/bob", IssuerSlice.Bob, new { roles = Array.Empty<string>(), disabled = true })).Status);
        var users = navi.Services.GetService(typeof(Platform.Security.People.UserStore)) as Platform.Security.People.UserStore;
        await users!.PutAsync("example", "bob", ["admin"], disabled: true, "carol", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/connect/verify")).Status);
        // The sign-in itself, so that a renewal which runs at this moment ends with it.
        Assert.Equal("revoked", await navi.SqlAsync("SELECT string_agg(DISTINCT status, ' ') FROM navi.issuer_authorizations"));
        Assert.Equal("invalid_grant", Device.Error(await Device.RefreshAsync(navi.Http, Device.Text(tokens, "refresh_token"))));
        await Wait.UntilAsync(async () => (await navi.MeAsync(Device.Text(tokens, "access_token"))).Status == HttpStatusCode.Unauthorized, () => "the access token goes on");
        Assert.Equal(HttpStatusCode.Forbidden, (await navi.SendAsync(HttpMethod.Post, "/v1/signin-links", IssuerSlice.Bob)).Status);
    }

    [Fact]
    public async Task Revocation_OfARefreshToken_EndsTheSignIn()
    {
        await using var navi = await IssuerSlice.StartAsync();
        var tokens = await navi.TokensAsync();
        var answer = await Device.PostAsync(navi.Http, "/connect/revoke", new() { ["token"] = Device.Text(tokens, "refresh_token"), ["client_id"] = "navi-cli" });
        Assert.Null(Device.Error(answer));
        Assert.Equal("invalid_grant", Device.Error(await Device.RefreshAsync(navi.Http, Device.Text(tokens, "refresh_token"))));
        Assert.Equal(HttpStatusCode.Unauthorized, (await navi.MeAsync(Device.Text(tokens, "access_token"))).Status);
    }

    private static string?[] Roles(JsonElement me) => [.. me.GetProperty("roles").EnumerateArray().Select(r => r.GetString())];
}
