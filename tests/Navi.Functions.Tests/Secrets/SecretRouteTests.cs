using System.Net;
using System.Security.Cryptography;
using System.Text;
using Navi.Functions.Tests.Identity.Issuer.Support;
using Navi.SimulatedProviders.Scenarios;
using Navi.SimulatedProviders.Serving;
using Navi.Testing;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.Secrets;

public sealed class SecretRouteTests
{
    private const string Value = "sk-a-value-that-nobody-else-has";
    private static readonly string Stranger = "stranger-".PadRight(40, 'x');

    [Fact]
    public async Task Secret_PutListedAndDeleted_NeverComesBack()
    {
        await using var navi = await StartAsync();

        var (made, first) = await PutAsync(navi, "openai", Value);
        var (again, second) = await PutAsync(navi, "openai", Value);
        var (_, list) = await navi.SendAsync(HttpMethod.Get, "/v1/secrets");
        var (gone, _) = await navi.SendAsync(HttpMethod.Delete, "/v1/secrets/openai");
        var (never, problem) = await navi.SendAsync(HttpMethod.Delete, "/v1/secrets/openai");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.NotFound), (made, again, gone, never));
        Assert.Equal("openai", Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("name").GetString());
        Assert.All(new[] { first, second, list, problem }, answer => Assert.DoesNotContain(Value, answer.ToString(), StringComparison.Ordinal));
        Assert.Equal(["by", "created_at", "name", "updated_at"], first.EnumerateObject().Select(m => m.Name).Order());
    }

    [Theory]
    [InlineData("two%20words", "value", "name")]
    [InlineData("openai", "", "value")]
    [InlineData("openai", "  ", "value")]
    [InlineData("openai", "sk-line\nbreak", "value")]
    public async Task Put_NameOrValueThatIsNotAccepted_IsRefusedWithoutRepeatingIt(string name, string value, string field)
    {
        await using var navi = await StartAsync();

        var (status, problem) = await PutAsync(navi, name, value);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, field), (status, problem.GetProperty("field").GetString()));
        Assert.DoesNotContain("sk-line", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_LongestValue_IsAcceptedAndALongerOneRefused()
    {
        await using var navi = await StartAsync();

        Assert.Equal(HttpStatusCode.Created, (await PutAsync(navi, "long", new string('x', 8_192))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PutAsync(navi, "long", new string('x', 8_193))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PutAsync(navi, "long", new string('x', 60_000))).Status);
    }

    [Fact]
    public async Task OtherOrganisation_HasNothingOfIt()
    {
        await using var navi = await StartAsync();
        await PutAsync(navi, "openai", Value);

        var (_, list) = await navi.SendAsync(HttpMethod.Get, "/v1/secrets", Stranger);
        var (deleted, _) = await navi.SendAsync(HttpMethod.Delete, "/v1/secrets/openai", Stranger);
        var (theirs, _) = await navi.SendAsync(HttpMethod.Put, "/v1/secrets/openai", Stranger, new { value = "theirs" });

        Assert.Equal(0, list.GetProperty("items").GetArrayLength());
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Created), (deleted, theirs));
        Assert.Equal(2L, await navi.SqlAsync("SELECT count(*) FROM navi.encrypted_tokens WHERE name = 'openai'"));
    }

    [Fact]
    public async Task Put_WrappingKeyGone_SaysSoAndKeepsNothing()
    {
        var keys = Directory.CreateTempSubdirectory("navi-keys-").FullName;
        await using var navi = await StartAsync(new() { ["Navi:Encryption:KeyDirectory"] = keys, ["Navi:Encryption:DataKeyLifetime"] = "00:00:00" });
        Directory.Delete(keys, recursive: true);

        var (status, problem) = await PutAsync(navi, "openai", Value);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "urn:navi:problem:key-unavailable"), (status, problem.GetProperty("type").GetString()));
        Assert.Equal(0L, await navi.SqlAsync("SELECT count(*) FROM navi.encrypted_tokens"));
    }

    [Fact]
    public async Task Model_WithASecretAsItsKey_AnswersAndARefusedOneLeavesNoTraceOfIt()
    {
        await using var provider = await SimulatedProvider.StartAsync(new Scenario { Turns = [new Turn { Text = "ready" }], Keys = [Value] });
        await using var navi = await StartAsync(Model(provider.Address));
        await PutAsync(navi, "main", Value);
        await PutAsync(navi, "other", "sk-another-value-of-somebody");

        var (_, answered) = await navi.SendAsync(HttpMethod.Post, "/v1/models/main/test");
        await navi.SqlAsync("UPDATE navi.encrypted_tokens SET envelope = (SELECT envelope FROM navi.encrypted_tokens WHERE name = 'main') WHERE name = 'other'");
        var (_, refused) = await navi.SendAsync(HttpMethod.Post, "/v1/models/other/test");

        Assert.True(answered.GetProperty("ok").GetBoolean(), $"{answered}");
        Assert.False(refused.GetProperty("ok").GetBoolean());
        Assert.Contains("'other' that holds its key does not open", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
        await Wait.UntilAsync(async () => (long)(await navi.SqlAsync("SELECT count(*) FROM navi.error_events"))! > 0, () => "the refusal is not recorded");
        var rows = await DatabaseDump.ReadAsync(navi.ConnectionString);
        Assert.Contains("does not open", rows, StringComparison.Ordinal);
        foreach (var value in new[] { Value, "sk-another-value-of-somebody" })
        {
            Assert.DoesNotContain(value, rows + answered + refused, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value)), rows, StringComparison.Ordinal);
        }
    }

    private static Dictionary<string, string?> Model(string address)
    {
        var settings = new Dictionary<string, string?>();
        foreach (var (i, name) in new[] { "main", "other" }.Index())
        {
            foreach (var (option, value) in new[] { ("Name", name), ("Kind", "openai_compatible"), ("Model", "m"), ("Endpoint", address + "/v1"), ("ApiKeySecret", name) })
                settings[$"Navi:Models:Entries:{i}:{option}"] = value;
        }
        return settings;
    }

    private static Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> PutAsync(Slice navi, string name, string value) => navi.SendAsync(HttpMethod.Put, $"/v1/secrets/{name}", null, new { value });

    private static Task<Slice> StartAsync(Dictionary<string, string?>? more = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Navi:Identity:Tokens:0:Sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Stranger))),
            ["Navi:Identity:Tokens:0:User"] = "eve", ["Navi:Identity:Tokens:0:Organisation"] = "other", ["Navi:Identity:Tokens:0:Roles:0"] = "admin",
        };
        foreach (var (name, value) in more ?? [])
            settings[name] = value;
        return Slice.StartAsync((_, _) => [], settings);
    }
}
