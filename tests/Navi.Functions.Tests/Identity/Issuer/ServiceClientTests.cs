using System.Net;
using Navi.Functions.Tests.Identity.Issuer.Support;
using Navi.Testing;

namespace Navi.Functions.Tests.Identity.Issuer;

/// <summary>Service clients and their tokens.</summary>
public sealed class ServiceClientTests
{
    [Fact]
    public async Task Client_MadeByAnAdministrator_ActsInItsOrganisationUntilItIsDeleted()
    {
        await using var navi = await IssuerSlice.StartAsync();
        var (made, client) = await navi.SendAsync(HttpMethod.Post, "/v1/clients", IssuerSlice.Bob, new { name = "nightly", roles = new[] { "caller" } });
        Assert.Equal(HttpStatusCode.Created, made);
        var (id, secret) = (Device.Text(client, "client_id"), Device.Text(client, "client_secret"));
        var access = Device.Text(await Device.ClientTokenAsync(navi.Http, id, secret), "access_token");
        var (status, me) = await navi.MeAsync(access);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((id, "example", "client"), (Device.Text(me, "user"), Device.Text(me, "organisation"), Device.Text(me, "kind")));
        Assert.Equal(["caller", "viewer"], me.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
        // No administrator, and no way to become a person.
        Assert.Equal(HttpStatusCode.Forbidden, (await navi.SendAsync(HttpMethod.Get, "/v1/clients", access)).Status);
        Assert.Equal("invalid_client", Device.Error(await Device.ClientTokenAsync(navi.Http, id, secret + "x")));
        // Another organisation neither sees nor deletes it.
        Assert.Equal(0, (await navi.SendAsync(HttpMethod.Get, "/v1/clients")).Body.GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await navi.SendAsync(HttpMethod.Delete, $"/v1/clients/{id}")).Status);
        var listed = Assert.Single((await navi.SendAsync(HttpMethod.Get, "/v1/clients", IssuerSlice.Bob)).Body.GetProperty("items").EnumerateArray());
        Assert.Equal((id, "nightly", "bob"), (Device.Text(listed, "client_id"), Device.Text(listed, "name"), Device.Text(listed, "created_by")));
        Assert.True(!listed.TryGetProperty("client_secret", out var kept) || kept.ValueKind == System.Text.Json.JsonValueKind.Null);
        Assert.Equal(HttpStatusCode.NoContent, (await navi.SendAsync(HttpMethod.Delete, $"/v1/clients/{id}", IssuerSlice.Bob)).Status);
        Assert.Equal("invalid_client", Device.Error(await Device.ClientTokenAsync(navi.Http, id, secret)));
        await Wait.UntilAsync(async () => (await navi.MeAsync(access)).Status == HttpStatusCode.Unauthorized, () => "the access token goes on");
    }

    [Fact]
    public async Task SigninLink_AskedForWithAnIssuedToken_IsRefused()
    {
        await using var navi = await IssuerSlice.StartAsync();
        var (_, client) = await navi.SendAsync(HttpMethod.Post, "/v1/clients", IssuerSlice.Bob, new { name = "all", roles = new[] { "admin" } });
        var access = Device.Text(await Device.ClientTokenAsync(navi.Http, Device.Text(client, "client_id"), Device.Text(client, "client_secret")), "access_token");
        Assert.Equal(HttpStatusCode.Forbidden, (await navi.SendAsync(HttpMethod.Post, "/v1/signin-links", access)).Status);
        var person = Device.Text(await navi.TokensAsync(IssuerSlice.Bob), "access_token");
        Assert.Equal(HttpStatusCode.Forbidden, (await navi.SendAsync(HttpMethod.Post, "/v1/signin-links", person)).Status);
    }

    [Theory]
    [InlineData("""{"roles":["caller"]}""", "name")]
    [InlineData("""{"name":" ","roles":["caller"]}""", "name")]
    [InlineData("""{"name":"a\u0007b","roles":["caller"]}""", "name")]
    [InlineData("""{"name":"x"}""", "roles")]
    [InlineData("""{"name":"x","roles":[]}""", "roles")]
    [InlineData("""{"name":"x","roles":["king"]}""", "roles")]
    [InlineData("""{"name":"x","roles":[null]}""", "roles")]
    public async Task Client_WithAnythingWrong_IsRefusedByField(string body, string field)
    {
        await using var navi = await IssuerSlice.StartAsync();
        var (status, problem) = await navi.SendAsync(HttpMethod.Post, "/v1/clients", IssuerSlice.Bob, System.Text.Json.JsonElement.Parse(body));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(field, Device.Text(problem, "field"));
    }
}
