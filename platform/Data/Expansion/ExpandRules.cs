namespace Navi.Platform.Data.Expansion;

/// <summary>
/// Tells whether a migration only expands the schema: whether a build that does not know it can go on reading and writing as before. It reads the SQL and believes only what it knows; any other statement
/// counts as one that does more. What it does not judge is how long a statement holds its locks, and whether the new build's rows make sense to the old one.
/// </summary>
internal sealed class ExpandRules
{
    private readonly HashSet<string> made = new(StringComparer.Ordinal);

    /// <summary>What stands in the way, statement by statement; empty when the migration only expands.</summary>
    public static IReadOnlyList<string> Obstacles(string sql)
    {
        try
        {
            var rules = new ExpandRules();
            return [.. SqlScript.Read(sql).SelectMany(rules.Of)];
        }
        catch (FormatException e)
        {
            return [e.Message];
        }
    }

    /// <summary>True for a table, function or schema that this migration has made.</summary>
    public bool IsNew(string? name) => name is not null && made.Contains(name);

    /// <summary>What stands in the way in one statement.</summary>
    public IEnumerable<string> Of(IReadOnlyList<SqlToken> statement)
    {
        var reader = new TokenReader(statement);
        var found = reader.Word() switch
        {
            "create" => Create(reader),
            "alter" when reader.Take("table") => TableChange.Obstacles(this, reader),
            "grant" or "comment" => [],
            "set" when reader.Take("local", "role") => [],
            "revoke" => Revoke(reader),
            "insert" when reader.Take("into") => reader.Name() is var table && IsNew(table) ? [] : [$"it writes rows of {table}, which was there before"],
            "do" => PolicyBlock.Obstacles(this, reader),
            "select" => ["it runs a function or reads rows: what that does is not read"],
            var verb => [$"it begins with {verb?.ToUpperInvariant() ?? "no word"}, which is not known to leave everything as it was"],
        };
        return found.Select(f => $"{Beginning(statement)}: {f}");
    }

    private IEnumerable<string> Create(TokenReader reader)
    {
        if (reader.Take("or"))
            return ["it replaces what may have been there before"];
        var unique = reader.Take("unique");
        if (reader.Take("index"))
        {
            var on = reader.Skip("on") ? (reader.Take("only") ? reader.Name() : reader.Name()) : null;
            return unique && !IsNew(on) ? [$"it forbids equal rows in {on}, which was there before"] : [];
        }
        switch (reader.Word())
        {
            case "table":
                return Table(reader);
            case "policy":
                var table = reader.Skip("on") ? reader.Name() : null;
                return IsNew(table) ? [] : [$"it changes who sees the rows of {table}, which was there before"];
            case "function" or "procedure" or "schema" or "sequence" or "type" or "domain" or "view":
                if (reader.Name() is { } name)
                    made.Add(name);
                return [];
            default:
                return ["it makes something that is not known to leave everything as it was"];
        }
    }

    private IEnumerable<string> Table(TokenReader reader)
    {
        if (reader.Take("if"))
            return ["with IF NOT EXISTS the table may have been there before"];
        if (reader.Name() is not { } name)
            return ["it names no table"];
        made.Add(name);
        if (reader.Take("partition", "of"))
            return reader.Name() is var parent && IsNew(parent) ? [] : [$"it takes rows from {parent}, which was there before"];
        return References.Obstacles(this, reader.Rest);
    }

    private IEnumerable<string> Revoke(TokenReader reader)
    {
        if (!reader.Skip("on"))
            return ["it takes a role away"];
        _ = reader.Take("function") || reader.Take("table");
        while (!reader.AtEnd)
        {
            // The last part also holds FROM and the roles.
            var name = new TokenReader(reader.Part()).Name();
            if (!IsNew(name))
                return [$"it takes rights on {name} away, which was there before"];
        }
        return [];
    }

    private static string Beginning(IEnumerable<SqlToken> statement)
    {
        var words = string.Join(' ', statement.Take(6).Select(t => t.Value)).Replace(" . ", ".", StringComparison.Ordinal);
        return words.Length <= 60 ? words : words[..60];
    }
}
