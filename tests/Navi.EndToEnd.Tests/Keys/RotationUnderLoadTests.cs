using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Navi.SimulatedProviders.Scenarios;
using Navi.SimulatedProviders.Serving;
using Navi.Testing;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Keys;

/// <summary>The wrapping key is changed under two real processes that work without a pause.</summary>
public sealed class RotationUnderLoadTests
{
    private const string Key = "sk-the-key-of-the-provider-0123456789";
    private const string Envelopes = "SELECT count(*) FROM (SELECT private_key AS e FROM navi.signing_keys UNION ALL SELECT envelope FROM navi.encrypted_tokens UNION ALL SELECT secret FROM navi.telemetry_keys) v";

    [Fact]
    public async Task Rotation_UnderLoad_FailsNoRequestLosesNothingAndRefusesWhatWasMoved()
    {
        await using var provider = await SimulatedProvider.StartAsync(new Scenario { Turns = [new Turn { Text = "ready" }], Keys = [Key] });
        await using var navi = await Installation.CreateAsync();
        var keys = Directory.CreateDirectory(navi.Place("keys")).FullName;
        Configure(navi, provider.Address, keys);
        await MustAsync(navi, ["keys", "new", "old", "--directory", keys]);
        navi.Environment["Navi__Encryption__KeyId"] = "old";
        var first = await navi.UpAsync();
        var second = await navi.UpAsync();
        await MustAsync(navi, ["secrets", "set", "main"], Key);
        await MustAsync(navi, ["secrets", "set", "other"], "sk-another-key-of-somebody");
        using var made = await first.Http.PostAsJsonAsync("/v1/clients", new { name = "load", roles = new[] { "viewer" } }, TestContext.Current.CancellationToken);
        var client = await made.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        await using var load = new RollingLoad(first.Http.DefaultRequestHeaders.Authorization!.Parameter!, client.GetProperty("client_id").GetString()!, client.GetProperty("client_secret").GetString()!);
        load.Add(first.Http.BaseAddress!);
        load.Add(second.Http.BaseAddress!);
        load.Start(4);
        await load.RoundAsync();

        // The new key, and one process after the other with it.
        await MustAsync(navi, ["keys", "new", "new", "--directory", keys]);
        navi.Environment["Navi__Encryption__KeyId"] = "new";
        var third = await ReplaceAsync(navi, load, first);
        var fourth = await ReplaceAsync(navi, load, second);
        var mixed = await StatusAsync(navi);
        // Both read by now what the old key wraps, the provider's key among it.
        await load.RoundAsync();
        var before = EnvelopesOf(mixed, "old");
        Assert.True(before > 0, $"{mixed}");

        var rotated = JsonElement.Parse(await MustAsync(navi, ["keys", "rotate", "wrapping", "--json"]));
        await load.RoundAsync();
        var after = await StatusAsync(navi);
        Assert.Equal(0, EnvelopesOf(after, "old"));
        Assert.True(after.GetProperty("wrapping").EnumerateArray().Single(k => k.GetProperty("id").GetString() == "old").GetProperty("unused").GetBoolean());

        // What nobody needs may go; a process that has nothing in memory proves it.
        File.Delete(Path.Combine(keys, "old"));
        var fifth = await navi.UpAsync();
        load.Add(fifth.Http.BaseAddress!);
        await load.RoundAsync();
        await load.StopAsync();

        var (total, underOld) = (await ScalarAsync(navi, Envelopes), await ScalarAsync(navi, $"{Envelopes} WHERE position('\\x00036f6c64'::bytea IN substring(e FROM 1 FOR 16)) > 0"));
        var refused = await MovedAsync(navi, fifth);
        Figures.Keep(
            "rotation-under-load", $"requests {load.Requests} ({load.Kinds}), failed {load.Failures.Count}, sent to the other process {load.Failovers}; envelopes {total}, under the old key {before} before and {underOld} after, re-wrapped {rotated.GetProperty("rewrapped").GetInt32()}; moved ciphertext: {refused}");
        Assert.True(load.Failures.IsEmpty, string.Join('\n', load.Failures.Take(20)));
        Assert.Equal(0, underOld);
        Assert.Equal((0, 0), (rotated.GetProperty("left").GetInt32(), rotated.GetProperty("problems").GetArrayLength()));
        Assert.True(rotated.GetProperty("rewrapped").GetInt32() > 0);
        Assert.Contains("'other' that holds its key does not open", refused, StringComparison.Ordinal);
        await NowhereAsync(navi, [first, second, third, fourth, fifth]);
    }

    // No new requests, then SIGTERM: those under way are answered before the process ends. Then its successor.
    private static async Task<Service> ReplaceAsync(Installation navi, RollingLoad load, Service service)
    {
        load.Remove(service.Http.BaseAddress!);
        await service.DisposeAsync();
        var next = await navi.UpAsync();
        load.Add(next.Http.BaseAddress!);
        return next;
    }

    private static async Task<string> MovedAsync(Installation navi, Service service)
    {
        await ScalarAsync(navi, "WITH m AS (UPDATE navi.encrypted_tokens SET envelope = (SELECT envelope FROM navi.encrypted_tokens WHERE name = 'main') WHERE name = 'other' RETURNING 1) SELECT count(*) FROM m");
        using var answer = await service.Http.PostAsync("/v1/models/other/test", null, TestContext.Current.CancellationToken);
        var outcome = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.False(outcome.GetProperty("ok").GetBoolean(), $"{outcome}");
        return outcome.GetProperty("error").GetString()!;
    }

    private static async Task NowhereAsync(Installation navi, IReadOnlyList<Service> services)
    {
        var log = await File.ReadAllTextAsync(Path.Combine(navi.Home, "logs", "navi.log"), TestContext.Current.CancellationToken);
        Assert.Contains("\"level\":", log, StringComparison.Ordinal);
        foreach (var text in services.Select(s => s.Printed).Append(log))
        {
            Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
            Assert.DoesNotContain("sk-another-key-of-somebody", text, StringComparison.Ordinal);
        }
    }

    private static void Configure(Installation navi, string address, string keys)
    {
        navi.Environment["Navi__Encryption__KeyDirectory"] = keys;
        foreach (var (i, name) in new[] { "main", "other" }.Index())
        {
            foreach (var (option, value) in new[] { ("Name", name), ("Kind", "openai_compatible"), ("Endpoint", address + "/v1"), ("Model", "some-model"), ("ApiKeySecret", name) })
                navi.Environment[$"Navi__Models__Entries__{i}__{option}"] = value;
        }
    }

    private static async Task<string> MustAsync(Installation navi, string[] arguments, string? input = null)
    {
        var ended = await navi.RunAsync(arguments, input);
        Assert.True(ended.ExitCode == 0, $"navi {string.Join(' ', arguments)}: {ended.All}");
        return ended.Output;
    }

    private static async Task<JsonElement> StatusAsync(Installation navi) => JsonElement.Parse(await MustAsync(navi, ["keys", "status", "--json"]));

    private static int EnvelopesOf(JsonElement status, string key) =>
        status.GetProperty("wrapping").EnumerateArray().Where(k => k.GetProperty("id").GetString() == key).Sum(k => k.GetProperty("envelopes").GetInt32());

    private static async Task<long> ScalarAsync(Installation navi, string sql)
    {
        await using var connection = new NpgsqlConnection(navi.Database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
