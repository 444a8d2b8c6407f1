using Dapper;
using Npgsql;

namespace Navi.Platform.Security.Encryption.Rewrapping;

/// <summary>The statements on enveloped columns. Names of tables and columns come from <see cref="EnvelopedColumns"/> alone.</summary>
internal static class EnvelopeStore
{
    /// <summary>How many envelopes of each wrapping key a column holds; the key is read from how they begin.</summary>
    public static async Task<IReadOnlyList<EnvelopeCount>> CountAsync(NpgsqlConnection connection, EnvelopedColumn column, CancellationToken cancellation)
    {
        // What is too short to be an envelope must not make the count fail: each byte is read only where there is one.
        var heads = await connection.QueryAsync<(byte[]? Head, long Envelopes)>(new CommandDefinition(
            $"""
            SELECT CASE WHEN size >= 5 + named THEN substring(value FROM 1 FOR 5 + named + (get_byte(value, 3 + named) << 8) + get_byte(value, 4 + named)) END AS head, count(*) AS envelopes
            FROM (
              SELECT {column.Column} AS value, octet_length({column.Column}) AS size,
                CASE WHEN octet_length({column.Column}) >= 5 THEN (get_byte({column.Column}, 1) << 8) + get_byte({column.Column}, 2) END AS named
              FROM {column.Table}) v
            GROUP BY 1
            """, cancellationToken: cancellation));
        return [.. heads.Select(h => (KeyId: h.Head is null ? null : Envelope.ReadHead(h.Head)?.KeyId, h.Envelopes)).GroupBy(h => h.KeyId)
            .Select(g => new EnvelopeCount(column.Table, column.Column, g.Key, g.Sum(h => h.Envelopes)))];
    }

    /// <summary>One envelope that begins so; null when there is none.</summary>
    public static Task<byte[]?> OneAsync(NpgsqlConnection connection, EnvelopedColumn column, byte[] head, CancellationToken cancellation) =>
        connection.QueryFirstOrDefaultAsync<byte[]?>(new CommandDefinition(
            $"SELECT {column.Column} FROM {column.Table} WHERE substring({column.Column} FROM 1 FOR @Length) = @head LIMIT 1", new { head, head.Length }, cancellationToken: cancellation));

    /// <summary>The next values that do not begin so, in the order of the primary key.</summary>
    public static async Task<IReadOnlyList<EnvelopeRow>> OthersAsync(
        NpgsqlConnection connection, EnvelopedColumn column, byte[] head, string[]? after, int most, CancellationToken cancellation)
    {
        var values = new DynamicParameters(new { head, head.Length, most });
        var key = string.Join(", ", column.Key);
        var beyond = after is null ? "" : $"AND ({key}) > ({Parameters(column, after, values)})";
        return [.. await connection.QueryAsync<EnvelopeRow>(new CommandDefinition(
            $"""
            SELECT ARRAY[{key}] AS key, {column.Column} AS envelope FROM {column.Table}
            WHERE substring({column.Column} FROM 1 FOR @Length) <> @head {beyond}
            ORDER BY {key} LIMIT @most
            """, values, cancellationToken: cancellation))];
    }

    /// <summary>Puts the new envelope in place of the old one; false when the row has another value by now, or is gone.</summary>
    public static async Task<bool> ReplaceAsync(NpgsqlConnection connection, EnvelopedColumn column, EnvelopeRow row, byte[] replacement, CancellationToken cancellation)
    {
        var values = new DynamicParameters(new { row.Envelope, replacement });
        return await connection.ExecuteAsync(new CommandDefinition(
            $"UPDATE {column.Table} SET {column.Column} = @replacement WHERE ({string.Join(", ", column.Key)}) = ({Parameters(column, row.Key, values)}) AND {column.Column} = @Envelope",
            values, cancellationToken: cancellation)) == 1;
    }

    private static string Parameters(EnvelopedColumn column, string[] key, DynamicParameters values)
    {
        foreach (var (i, value) in key.Index())
            values.Add($"key{i}", value);
        return string.Join(", ", column.Key.Index().Select(k => $"@key{k.Index}"));
    }
}
