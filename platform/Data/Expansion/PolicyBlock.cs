namespace Navi.Platform.Data.Expansion;

/// <summary>
/// DO. One form of it is read: a loop over names of tables that runs fixed statements for each, by which migrations give their new tables row-level security. The statements are judged for each table.
/// </summary>
internal static class PolicyBlock
{
    private const string Unread = "it is a DO block of a form that is not read";

    public static IEnumerable<string> Obstacles(ExpandRules rules, TokenReader statement)
    {
        if (statement.Text() is not { } body || !statement.AtEnd || SqlScript.Read(body) is not { Count: > 0 } lines)
            return [Unread];
        // The loop's words are statements to the splitter only at their semicolons; together they are one text again.
        var reader = new TokenReader([.. lines.SelectMany(l => l.Append(new SqlToken(SqlTokenKind.Symbol, ";")))]);
        if (!reader.Take("declare", "t", "text", ";", "begin"))
            return [Unread];
        var found = new List<string>();
        while (reader.Take("foreach", "t", "in", "array", "array", "["))
        {
            if (!Loop(rules, reader, found))
                return [Unread];
        }
        return reader.Take("end", ";") && reader.AtEnd ? found : [Unread];
    }

    private static bool Loop(ExpandRules rules, TokenReader reader, List<string> found)
    {
        var tables = new List<string>();
        do
        {
            if (reader.Text() is not { } table)
                return false;
            tables.Add(table);
        }
        while (reader.Take(","));
        if (!reader.Take("]", "loop"))
            return false;
        while (reader.Take("execute", "format", "("))
        {
            if (reader.Text() is not { } template || !reader.Take(",", "t", ")", ";"))
                return false;
            found.AddRange(tables.SelectMany(table => SqlScript.Read(template.Replace("%I", table, StringComparison.Ordinal))).SelectMany(rules.Of));
        }
        return reader.Take("end", "loop", ";");
    }
}
