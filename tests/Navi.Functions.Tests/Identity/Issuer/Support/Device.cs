using System.Net.Http.Headers;
using System.Text.Json;

namespace Navi.Functions.Tests.Identity.Issuer.Support;

/// <summary>A program without a browser that signs somebody in (RFC 8628).</summary>
internal sealed class Device(HttpClient http, JsonElement grant)
{
    public string DeviceCode => grant.GetProperty("device_code").GetString()!;

    public string UserCode => grant.GetProperty("user_code").GetString()!;

    public JsonElement Grant => grant;

    public static async Task<Device> BeginAsync(HttpClient http, string? hint = null)
    {
        var form = new Dictionary<string, string> { ["client_id"] = "navi-cli", ["scope"] = "openid offline_access navi" };
        if (hint is not null)
            form["login_hint"] = hint;
        return new Device(http, await PostAsync(http, "/connect/device", form));
    }

    /// <summary>Asks once: the tokens, or the error.</summary>
    public Task<JsonElement> AskAsync() => PostAsync(http, "/connect/token", new()
    {
        ["grant_type"] = "urn:ietf:params:oauth:grant-type:device_code", ["device_code"] = DeviceCode, ["client_id"] = "navi-cli",
    });

    public static Task<JsonElement> RefreshAsync(HttpClient http, string token) =>
        PostAsync(http, "/connect/token", new() { ["grant_type"] = "refresh_token", ["refresh_token"] = token, ["client_id"] = "navi-cli" });

    public static Task<JsonElement> ClientTokenAsync(HttpClient http, string id, string secret) =>
        PostAsync(http, "/connect/token", new() { ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret, ["scope"] = "navi" });

    /// <summary>Posts a form without any token and reads the answer, good or bad.</summary>
    public static async Task<JsonElement> PostAsync(HttpClient http, string path, Dictionary<string, string> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new AuthenticationHeaderValue("None");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return text.Length == 0 ? JsonElement.Parse("{}") : JsonElement.Parse(text);
    }

    public static string? Error(JsonElement answer) => answer.TryGetProperty("error", out var error) ? error.GetString() : null;

    public static string Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) ? value.GetString()! : throw new Xunit.Sdk.XunitException($"no {name} in {answer}");
}
