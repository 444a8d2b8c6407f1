namespace Navi.Portable.Durable.Storage;

/// <summary>SQL for payloads of any size: a large one lies in <c>durable.payloads</c>, and the column that should have it has its reference.</summary>
internal static class Payloads
{
    /// <summary>SQLSTATE of a reference whose payload is missing.</summary>
    public const string Missing = "22NV1";

    /// <summary>A payload by its reference. $1: the instance's id, $2: the reference.</summary>
    public const string ByReference = "SELECT durable.payload($1, $2)";

    // While a message is on its way that names one again, nothing refers to it yet.
    private const string Grace = "interval '1 minute'";

    /// <summary>Removes what this instance has put away and nothing of it refers to any more. $1: the instance's id.</summary>
    public const string ForgetUnused =
        $"""
        DELETE FROM durable.payloads p WHERE p.instance_id = $1 AND p.stored_at < now() - {Grace}
          AND NOT EXISTS (SELECT 1 FROM durable.instances i WHERE i.instance_id = $1 AND p.reference IN (i.input, i.output))
          AND NOT EXISTS (SELECT 1 FROM durable.history h WHERE h.instance_id = $1 AND h.payload = p.reference)
          AND NOT EXISTS (SELECT 1 FROM durable.inbox m WHERE m.instance_id = $1 AND m.payload = p.reference)
          AND NOT EXISTS (SELECT 1 FROM durable.activities a WHERE a.instance_id = $1 AND a.input = p.reference)
        """;

    /// <summary>Removes what came while its instance was removed.</summary>
    public const string ForgetOrphans =
        $"DELETE FROM durable.payloads p WHERE p.stored_at < now() - {Grace} AND NOT EXISTS (SELECT 1 FROM durable.instances i WHERE i.instance_id = p.instance_id)";

    /// <summary>Whether a text that was read from a column as it is names a payload.</summary>
    public static bool IsReference(string? stored) => stored is ['\u0002', ..];

    /// <summary>What to write into a column of the instance's for a payload.</summary>
    public static string Keep(string instanceId, string payload) => $"CASE WHEN durable.is_large({payload}) THEN durable.keep({instanceId}, {payload}) ELSE {payload} END";

    /// <summary>The payload that a column of the instance's stands for.</summary>
    public static string Read(string instanceId, string column) => $"CASE WHEN {Refers(column)} THEN durable.payload({instanceId}, {column}) ELSE {column} END";

    /// <summary>What to write into a column of one instance for what a column of another stands for.</summary>
    public static string Copy(string from, string column, string to) => $"CASE WHEN {Refers(column)} THEN durable.keep({to}, durable.payload({from}, {column})) ELSE {column} END";

    private static string Refers(string column) => $@"starts_with({column}, E'\x02')";
}
