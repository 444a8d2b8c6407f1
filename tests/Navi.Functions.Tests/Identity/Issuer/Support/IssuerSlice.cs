using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Navi.Platform.Security.Issuer;
using Navi.Testing.Service;
using Npgsql;

namespace Navi.Functions.Tests.Identity.Issuer.Support;

/// <summary>What tests of the issuer do with a running NAVI.</summary>
internal static class IssuerSlice
{
    /// <summary>A token of the configuration for an administrator <c>bob</c> of the organisation <c>example</c>.</summary>
    public static readonly string Bob = "bob-".PadRight(40, 'b');

    public static Task<Slice> StartAsync(Dictionary<string, string?>? more = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Navi:Identity:Tokens:0:Sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Bob))),
            ["Navi:Identity:Tokens:0:User"] = "bob", ["Navi:Identity:Tokens:0:Organisation"] = "example", ["Navi:Identity:Tokens:0:Roles:0"] = "admin",
        };
        foreach (var (name, value) in more ?? [])
            settings[name] = value;
        return Slice.StartAsync((_, _) => [], settings);
    }

    /// <summary>A browser in which somebody is signed in: the local user, or the holder of a configured token.</summary>
    public static async Task<Browser> SignedInAsync(this Slice navi, string? token = null)
    {
        var browser = new Browser(navi.Http.BaseAddress!);
        await browser.SignInAsync(await navi.LinkAsync(token));
        return browser;
    }

    public static async Task<string> LinkAsync(this Slice navi, string? token = null)
    {
        var (status, link) = await navi.SendAsync(HttpMethod.Post, "/v1/signin-links", token);
        Assert.True(status == HttpStatusCode.Created, $"{link}");
        return link.GetProperty("url").GetString()!;
    }

    /// <summary>Tokens of a person who confirmed a device.</summary>
    public static async Task<JsonElement> TokensAsync(this Slice navi, string? token = null)
    {
        using var browser = await navi.SignedInAsync(token);
        var device = await Device.BeginAsync(navi.Http);
        await browser.AnswerAsync(device.UserCode, "approve");
        var tokens = await device.AskAsync();
        Assert.True(Device.Error(tokens) is null, $"{tokens}");
        return tokens;
    }

    public static Task<(HttpStatusCode Status, JsonElement Body)> MeAsync(this Slice navi, string token) => navi.SendAsync(HttpMethod.Get, "/v1/me", token);

    /// <param name="navi">The service.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path.</param>
    /// <param name="token">Bearer token; null for the local user's.</param>
    /// <param name="body">JSON body; null for none.</param>
    public static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(this Slice navi, HttpMethod method, string path, string? token = null, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var answer = await navi.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    /// <summary>What the hourly timer does.</summary>
    public static async Task UpkeepAsync(this Slice navi)
    {
        await using var scope = navi.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IssuerUpkeep>().RunAsync(TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
    }

    public static async Task<object?> SqlAsync(this Slice navi, string sql)
    {
        await using var connection = new NpgsqlConnection(navi.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
