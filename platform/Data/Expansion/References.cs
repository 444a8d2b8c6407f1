namespace Navi.Platform.Data.Expansion;

/// <summary>Foreign keys of a new table. One to an older table lets a build that does not know it no longer delete there, unless the new rows give way.</summary>
internal static class References
{
    public static IEnumerable<string> Obstacles(ExpandRules rules, IReadOnlyList<SqlToken> tokens)
    {
        var reader = new TokenReader(tokens);
        while (reader.Skip("references"))
        {
            var table = reader.Name();
            if (!rules.IsNew(table) && !GivesWay(reader.Rest))
                yield return $"it refers to {table}, which was there before, without ON DELETE CASCADE or SET NULL";
        }
    }

    // Up to the next column or constraint.
    private static bool GivesWay(IReadOnlyList<SqlToken> rest)
    {
        var reader = new TokenReader(new TokenReader(rest).Part());
        while (reader.Skip("on"))
        {
            if (reader.Take("delete"))
                return reader.Take("cascade") || reader.Take("set", "null");
        }
        return false;
    }
}
