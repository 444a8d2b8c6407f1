using Npgsql;

namespace Navi.Functions.Tests.Identity.Issuer.Support;

/// <summary>Everything that a database holds, as text.</summary>
internal static class DatabaseDump
{
    /// <summary>Every row of every table; bytes as hexadecimal digits.</summary>
    public static async Task<string> ReadAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('navi', 'durable', 'public')", connection))
        await using (var reader = await list.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                tables.Add(reader.GetString(0));
        }
        var all = new System.Text.StringBuilder();
        foreach (var table in tables)
        {
            await using var read = new NpgsqlCommand($"SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM {table} t", connection);
            all.AppendLine((string)(await read.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);
        }
        return all.ToString();
    }
}
