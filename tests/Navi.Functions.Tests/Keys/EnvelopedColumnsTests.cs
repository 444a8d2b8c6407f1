using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Navi.Agent.Models;
using Navi.Functions.Tests.Identity.Issuer.Support;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Encryption.Rewrapping;
using Navi.Platform.Telemetry.Events;
using Navi.Testing.Service;
using Npgsql;

namespace Navi.Functions.Tests.Keys;

/// <summary>Every column that holds envelopes is in the list by which they are wrapped anew.</summary>
public sealed class EnvelopedColumnsTests(ITestOutputHelper output)
{
    // How an envelope of a key file begins, as bytes and in base64.
    private const string Beginning = "010007413235364b5750";
    private const string Encoded = "AQAHQTI1NktXUA";

    // Columns of bytes that hold no envelopes, and what they hold instead.
    private static readonly Dictionary<string, string> Others = new()
    {
        ["navi.contents.body"] = "texts of tasks", ["navi.signin_links.digest"] = "SHA-256", ["navi.browser_sessions.digest"] = "SHA-256", ["navi.external_signins.digest"] = "SHA-256",
        ["navi.external_signins.browser"] = "SHA-256",
    };

    [Fact]
    public async Task Columns_WithEnvelopesInARunningNavi_AreAllListed()
    {
        await using var navi = await UsedAsync();

        var found = await FindAsync(navi);

        output.WriteLine($"columns with envelopes: {string.Join(", ", found)}");
        Assert.Equal(Listed(), found);
    }

    [Theory]
    [InlineData("bytea", "(SELECT private_key FROM navi.signing_keys LIMIT 1)")]
    [InlineData("text", "(SELECT encode(private_key, 'base64') FROM navi.signing_keys LIMIT 1)")]
    [InlineData("jsonb", "(SELECT jsonb_build_object('key', encode(private_key, 'hex')) FROM navi.signing_keys LIMIT 1)")]
    public async Task Column_ThatIsNotListed_IsFound(string type, string value)
    {
        await using var navi = await UsedAsync();
        await navi.SqlAsync($"CREATE TABLE navi.forgotten (id integer, kept {type}); INSERT INTO navi.forgotten SELECT 1, {value}");

        Assert.Contains("navi.forgotten.kept", (await FindAsync(navi)).Except(Listed()));
    }

    [Fact]
    public async Task Columns_OfBytes_AreListedOrKnownToHoldSomethingElse()
    {
        await using var navi = await Slice.StartAsync((_, _) => []);

        var columns = await RowsAsync(navi, "SELECT format('%s.%s.%s', table_schema, table_name, column_name) FROM information_schema.columns WHERE table_schema = 'navi' AND data_type = 'bytea' ORDER BY 1");

        Assert.Equal(Listed().Concat(Others.Keys).Order(StringComparer.Ordinal), columns.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Listed_Always_NamesThePrimaryKeyOfEachTable()
    {
        await using var navi = await Slice.StartAsync((_, _) => []);
        foreach (var column in EnvelopedColumns.All)
        {
            var key = await RowsAsync(navi, $"SELECT a.attname || ' ' || format_type(a.atttypid, NULL) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) WHERE i.indrelid = '{column.Table}'::regclass AND i.indisprimary");
            Assert.Equal(column.Key.Select(k => $"{k} text").Order(), key.Order());
        }
    }

    private static IEnumerable<string> Listed() => EnvelopedColumns.All.Select(c => $"{c.Table}.{c.Column}").Order(StringComparer.Ordinal);

    /// <summary>A NAVI in which everything that encrypts has done so.</summary>
    private static async Task<Slice> UsedAsync()
    {
        var navi = await IssuerSlice.StartAsync();
        await navi.TokensAsync();
        await navi.SendAsync(HttpMethod.Post, "/v1/clients", null, new { name = "x", roles = new[] { "viewer" } });
        await navi.SendAsync(HttpMethod.Put, "/v1/secrets/openai", null, new { value = "some-key" });
        await navi.Services.GetRequiredService<AddressDigests>().OfAsync(IPAddress.Parse("192.0.2.1"), TestContext.Current.CancellationToken);
        await navi.CreateAsync();
        // When this fails something else encrypts: let it do so here, too.
        Assert.Equal(["AddressDigests", "EncryptedTokens", "EnvelopeRewrap", "KeyMaterial", "SigningKeyRing", "SigningKeyRotation"], UsersOfTheCipher());
        return navi;
    }

    // Who is given the cipher, found in the assemblies.
    private static IEnumerable<string> UsersOfTheCipher() =>
        new[] { typeof(EnvelopeCipher), typeof(ModelProvider), typeof(NaviApplication) }.SelectMany(t => t.Assembly.GetTypes())
            .Where(t => t.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Any(c => c.GetParameters().Any(p => p.ParameterType == typeof(EnvelopeCipher))))
            .Select(t => t.Name).Order(StringComparer.Ordinal);

    private static async Task<IReadOnlyList<string>> FindAsync(Slice navi)
    {
        var found = new List<string>();
        var columns = await RowsAsync(navi, """
            SELECT format('%s.%s.%s', c.table_schema, c.table_name, c.column_name) FROM information_schema.columns c
            JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
            WHERE c.table_schema NOT IN ('pg_catalog', 'information_schema') AND c.data_type IN ('bytea', 'text', 'jsonb', 'json', 'character varying', 'ARRAY')
            """);
        foreach (var column in columns)
        {
            var (table, name) = (column[..column.LastIndexOf('.')], column[(column.LastIndexOf('.') + 1)..]);
            if ((bool)(await navi.SqlAsync($"SELECT EXISTS (SELECT FROM {table} WHERE position('{Beginning}' IN \"{name}\"::text) > 0 OR position('{Encoded}' IN \"{name}\"::text) > 0)"))!)
                found.Add(column);
        }
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private static async Task<List<string>> RowsAsync(Slice navi, string sql)
    {
        await using var connection = new NpgsqlConnection(navi.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(reader.GetString(0));
        return rows;
    }
}
