namespace Navi.Platform.Security.Encryption.Rewrapping;

/// <summary>A column that holds envelopes.</summary>
/// <param name="Table">The table, with its schema.</param>
/// <param name="Column">The column, of type bytea.</param>
/// <param name="Key">The columns of the table's primary key, all of type text.</param>
public sealed record EnvelopedColumn(string Table, string Column, IReadOnlyList<string> Key);
