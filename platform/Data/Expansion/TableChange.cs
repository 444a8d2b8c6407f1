namespace Navi.Platform.Data.Expansion;

/// <summary>ALTER TABLE. On a table that the migration has made everything but another name goes; on an older one only columns that a build which does not know them need not fill.</summary>
internal static class TableChange
{
    // What may stand in a CHECK beside the column's own name.
    private static readonly HashSet<string> Harmless = ["in", "and", "or", "not", "is", "null", "between", "true", "false", "length", "char_length", "any", "array"];

    private static readonly HashSet<string> Binding = ["primary", "unique", "references", "generated", "exclude", "constraint"];

    public static IEnumerable<string> Obstacles(ExpandRules rules, TokenReader reader)
    {
        _ = reader.Take("if", "exists");
        _ = reader.Take("only");
        var table = reader.Name();
        while (!reader.AtEnd)
        {
            var action = reader.Part();
            if ((rules.IsNew(table) ? Renames(action) : Obstacle(new TokenReader(action))) is { } found)
                yield return found;
        }
    }

    private static string? Renames(IReadOnlyList<SqlToken> action) => action.Any(t => t.Is("rename")) ? "it gives a name anew" : null;

    private static string? Obstacle(TokenReader action)
    {
        if (!action.Take("add", "column"))
            return $"it changes a table that was there before, other than by ADD COLUMN: {string.Join(' ', action.Rest.Take(3).Select(t => t.Value)).ToUpperInvariant()}";
        _ = action.Take("if", "not", "exists");
        var column = action.Word();
        var rest = action.Rest;
        if (rest.FirstOrDefault(t => t.Kind == SqlTokenKind.Word && Binding.Contains(t.Value)) is { Value: { } bound })
            return $"the column {column} has {bound.ToUpperInvariant()}, which may refuse rows that were accepted before";
        if (IsRequired(rest) && !rest.Any(t => t.Is("default")))
            return $"the column {column} is NOT NULL and has no DEFAULT";
        return ChecksOthers(rest, column) ? $"the column {column} has a CHECK over more than itself" : null;
    }

    private static bool IsRequired(IReadOnlyList<SqlToken> tokens)
    {
        // NOT NULL of the column itself, not of an expression in its CHECK.
        var depth = 0;
        for (var n = 0; n + 1 < tokens.Count; n++)
        {
            depth += tokens[n].Is("(") ? 1 : tokens[n].Is(")") ? -1 : 0;
            if (depth == 0 && tokens[n].Is("not") && tokens[n + 1].Is("null"))
                return true;
        }
        return false;
    }

    private static bool ChecksOthers(IReadOnlyList<SqlToken> tokens, string? column)
    {
        var reader = new TokenReader(tokens);
        return reader.Skip("check") && reader.Rest.Any(t => t.Kind == SqlTokenKind.Word && t.Value != column && !Harmless.Contains(t.Value));
    }
}
