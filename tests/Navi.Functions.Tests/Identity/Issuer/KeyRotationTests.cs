using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Navi.Functions.Tests.Identity.Issuer.Support;
using Navi.Platform.Security.SigningKeys;
using Navi.Testing;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.Identity.Issuer;

/// <summary>Signing keys change under load, and nobody notices.</summary>
public sealed class KeyRotationTests(ITestOutputHelper output)
{
    private const int PerSecond = 50;
    private const int Seconds = 20;

    [Fact]
    public async Task Rotation_UnderFiftyRequestsASecond_FailsNone()
    {
        await using var navi = await IssuerSlice.StartAsync(new()
        {
            // Months pass in seconds below: what is kept must outlive the steps.
            ["Navi:SigningKeys:RefreshEvery"] = "00:00:01", ["Navi:SigningKeys:KeepAfter"] = "60.00:00:00", ["Navi:SigningKeys:EncryptKeepAfter"] = "90.00:00:00",
        });
        var (_, client) = await navi.SendAsync(HttpMethod.Post, "/v1/clients", null, new { name = "load", roles = new[] { "viewer" } });
        var (id, secret) = (Device.Text(client, "client_id"), Device.Text(client, "client_secret"));
        var newest = Device.Text(await Device.ClientTokenAsync(navi.Http, id, secret), "access_token");
        var signers = new ConcurrentDictionary<string, int>();
        var failures = new ConcurrentBag<string>();
        // What could be read at /.well-known/jwks before time went on: only of these may one sign.
        var announced = new ConcurrentDictionary<string, bool>((await PublishedAsync(navi)).Select(k => KeyValuePair.Create(k, true)));
        using var ended = new CancellationTokenSource();
        var rotating = Task.Run(() => PassMonthsAsync(navi, announced, ended.Token));
        var requests = new List<Task>();
        var clock = Stopwatch.StartNew();
        for (var n = 0; n < PerSecond * Seconds; n++)
        {
            var wait = TimeSpan.FromSeconds((double)n / PerSecond) - clock.Elapsed;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, TestContext.Current.CancellationToken);
            requests.Add(n % 2 == 0 ? IssueAsync() : UseAsync());
        }
        await Task.WhenAll(requests);
        var took = clock.Elapsed;
        await ended.CancelAsync();
        await rotating;
        output.WriteLine($"{requests.Count} requests in {took.TotalSeconds:f1} s ({requests.Count / took.TotalSeconds:f0}/s), keys that signed = {signers.Count}, failed requests = {failures.Count}");
        Assert.True(failures.IsEmpty, string.Join('\n', failures.Take(20)));
        Assert.True(signers.Count >= 3, $"only {signers.Count} keys signed");

        async Task IssueAsync()
        {
            var answer = await Device.ClientTokenAsync(navi.Http, id, secret);
            if (Device.Error(answer) is { } error)
            {
                failures.Add($"token: {answer} {error}");
                return;
            }
            newest = Device.Text(answer, "access_token");
            var kid = new JsonWebToken(newest).Kid;
            signers.AddOrUpdate(kid, 1, (_, n) => n + 1);
            if (!announced.ContainsKey(kid))
                failures.Add($"{kid} signed before it was published");
        }

        async Task UseAsync()
        {
            var (status, body) = await navi.MeAsync(newest);
            if (status != HttpStatusCode.OK)
                failures.Add($"me: {(int)status} {body}");
        }
    }

    [Fact]
    public async Task RefreshToken_OfTheKeyBefore_IsStillGood()
    {
        await using var navi = await IssuerSlice.StartAsync(new() { ["Navi:SigningKeys:RefreshEvery"] = "00:00:01", ["Navi:SigningKeys:KeepAfter"] = "60.00:00:00", ["Navi:SigningKeys:EncryptKeepAfter"] = "90.00:00:00" });
        var tokens = await navi.TokensAsync();
        var before = new JsonWebToken(Device.Text(tokens, "access_token")).Kid;
        for (var i = 0; i < 3; i++)
            await PassAsync(navi, 16);
        var ring = navi.Services.GetRequiredService<SigningKeyRing>();
        await Wait.UntilAsync(async () => (await ring.GetAsync(CancellationToken.None)).Signing.KeyId != before, () => "the key goes on");
        var renewed = await Device.RefreshAsync(navi.Http, Device.Text(tokens, "refresh_token"));
        Assert.Null(Device.Error(renewed));
        Assert.NotEqual(before, new JsonWebToken(Device.Text(renewed, "access_token")).Kid);
        Assert.Equal(HttpStatusCode.OK, (await navi.MeAsync(Device.Text(tokens, "access_token"))).Status);
    }

    private static async Task PassMonthsAsync(Slice navi, ConcurrentDictionary<string, bool> announced, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            foreach (var kid in await PublishedAsync(navi))
                announced[kid] = true;
            await PassAsync(navi, 16);
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(2), ended);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // The keys' own clock goes on, as if days had passed; then what the hourly timer does.
    private static async Task PassAsync(Slice navi, int days)
    {
        await navi.SqlAsync($"UPDATE navi.signing_keys SET created_at = created_at - interval '{days} days', active_from = active_from - interval '{days} days', retired_at = retired_at - interval '{days} days', expires_at = expires_at - interval '{days} days'");
        await navi.Services.GetRequiredService<SigningKeyRotation>().RunAsync(CancellationToken.None);
        await navi.Services.GetRequiredService<SigningKeyRing>().RefreshAsync(CancellationToken.None);
    }

    private static async Task<HashSet<string>> PublishedAsync(Slice navi)
    {
        var keys = JsonElement.Parse(await navi.Http.GetStringAsync("/.well-known/jwks", CancellationToken.None)).GetProperty("keys");
        return [.. keys.EnumerateArray().Select(k => k.GetProperty("kid").GetString()!)];
    }
}
