using Navi.Functions.Tests.Identity.Issuer.Support;
using Npgsql;

namespace Navi.Functions.Tests.Identity.Issuer;

/// <summary>Reads every column of every table as text and looks for what only its holder may know.</summary>
public sealed class SecretsAtRestTests
{
    [Fact]
    public async Task Database_AfterEveryFlow_HoldsNoSecretThatCouldBeUsed()
    {
        await using var navi = await IssuerSlice.StartAsync();
        var link = await navi.LinkAsync();
        using var browser = new Browser(navi.Http.BaseAddress!);
        await browser.SignInAsync(link);
        var device = await Device.BeginAsync(navi.Http);
        await browser.AnswerAsync(device.UserCode, "approve");
        var tokens = await device.AskAsync();
        var waiting = await Device.BeginAsync(navi.Http);
        var (_, client) = await navi.SendAsync(HttpMethod.Post, "/v1/clients", null, new { name = "x", roles = new[] { "viewer" } });
        string[] secrets =
        [
            link[(link.IndexOf("link=", StringComparison.Ordinal) + 5)..], browser.Cookies.GetAllCookies().Single().Value, device.DeviceCode, waiting.DeviceCode,
            waiting.UserCode, waiting.UserCode.Replace("-", "", StringComparison.Ordinal), Device.Text(tokens, "refresh_token"), Device.Text(tokens, "access_token"), Device.Text(client, "client_secret"),
        ];
        var rows = await DatabaseDump.ReadAsync(navi.ConnectionString);
        Assert.Contains("navi-cli", rows, StringComparison.Ordinal);
        Assert.All(secrets, s => Assert.DoesNotContain(s, rows, StringComparison.Ordinal));
        await using var connection = new NpgsqlConnection(navi.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var table in new[] { "users", "signin_links", "browser_sessions", "external_signins", "issuer_clients", "issuer_authorizations", "issuer_scopes", "issuer_tokens", "signing_keys" })
        {
            await using var allowed = new NpgsqlCommand($"SELECT has_table_privilege('navi_app', 'navi.{table}', 'SELECT, INSERT, UPDATE, DELETE')", connection);
            Assert.False((bool)(await allowed.ExecuteScalarAsync(TestContext.Current.CancellationToken))!, table);
        }
    }
}
