using System.Net;
using System.Text.Json;
using Navi.Functions.Tests.Identity.Issuer.Support;
using Navi.Platform.Security.Encryption.KeyFiles;
using Navi.Testing;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.Keys;

public sealed class KeyRouteTests : IDisposable
{
    private readonly string keys = Directory.CreateTempSubdirectory("navi-keys-").FullName;

    public KeyRouteTests() => NewKeyFile.Make(keys, "now");

    public void Dispose() => Directory.Delete(keys, recursive: true);

    [Fact]
    public async Task Status_OfARunningNavi_TellsWhatTheKeyWrapsAndNoKey()
    {
        await using var navi = await StartAsync();
        NewKeyFile.Make(keys, "later");
        await navi.SendAsync(HttpMethod.Put, "/v1/secrets/openai", null, new { value = "some-key" });

        var (status, answer) = await navi.SendAsync(HttpMethod.Get, "/v1/keys");

        Assert.Equal(HttpStatusCode.OK, status);
        var wrapping = answer.GetProperty("wrapping").EnumerateArray().ToList();
        Assert.Equal([("now", true, true, false, 3), ("later", false, true, true, 0)], wrapping.Select(k =>
            (k.GetProperty("id").GetString(), k.GetProperty("current").GetBoolean(), k.GetProperty("reachable").GetBoolean(), k.GetProperty("unused").GetBoolean(), k.GetProperty("envelopes").GetInt32())));
        Assert.Equal(["navi.encrypted_tokens", "navi.signing_keys"], wrapping[0].GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("table").GetString()).Order());
        Assert.Equal(["current", "current"], answer.GetProperty("signing").EnumerateArray().Select(k => k.GetProperty("state").GetString()));
        foreach (var file in Directory.GetFiles(keys))
            Assert.DoesNotContain(File.ReadAllText(file).Trim(), answer.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task RotateSigning_Twice_AnnouncesOneNextKeyOfEachUse()
    {
        await using var navi = await StartAsync();

        var (status, first) = await navi.SendAsync(HttpMethod.Post, "/v1/keys/rotate-signing");
        var (_, second) = await navi.SendAsync(HttpMethod.Post, "/v1/keys/rotate-signing");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(2, first.GetProperty("items").EnumerateArray().Count(k => k.GetProperty("state").GetString() == "next"));
        Assert.Equal($"{first}", $"{second}");
        var next = first.GetProperty("items").EnumerateArray().Single(k => k.GetProperty("state").GetString() == "next" && k.GetProperty("use").GetString() == "sign").GetProperty("id").GetString();
        await Wait.UntilAsync(
            async () => JsonElement.Parse(await navi.Http.GetStringAsync("/.well-known/jwks", CancellationToken.None)).GetProperty("keys").EnumerateArray().Any(k => k.GetProperty("kid").GetString() == next),
            () => "the next key is not published");
    }

    [Fact]
    public async Task Rewrap_CurrentKeyGone_SaysSoAndOtherOrganisationsAreRefused()
    {
        await using var navi = await StartAsync();

        var (done, outcome) = await navi.SendAsync(HttpMethod.Post, "/v1/keys/rewrap");
        File.Delete(Path.Combine(keys, "now"));
        var (failed, problem) = await navi.SendAsync(HttpMethod.Post, "/v1/keys/rewrap");
        var (read, status) = await navi.SendAsync(HttpMethod.Get, "/v1/keys");

        Assert.Equal((HttpStatusCode.OK, 0), (done, outcome.GetProperty("left").GetInt32()));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:navi:problem:key-unavailable"), (failed, problem.GetProperty("type").GetString()));
        Assert.Equal((HttpStatusCode.OK, false), (read, status.GetProperty("wrapping")[0].GetProperty("reachable").GetBoolean()));
        foreach (var (method, path) in new[] { (HttpMethod.Get, "/v1/keys"), (HttpMethod.Post, "/v1/keys/rewrap"), (HttpMethod.Post, "/v1/keys/rotate-signing") })
            Assert.Equal(HttpStatusCode.Forbidden, (await navi.SendAsync(method, path, IssuerSlice.Bob)).Status);
    }

    private Task<Slice> StartAsync() => IssuerSlice.StartAsync(new()
    {
        ["Navi:Encryption:KeyId"] = "now", ["Navi:Encryption:KeyDirectory"] = keys, ["Navi:SigningKeys:RefreshEvery"] = "00:00:01",
    });
}
