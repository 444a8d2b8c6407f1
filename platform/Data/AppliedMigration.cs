namespace Navi.Platform.Data;

/// <summary>A migration that the database records as applied.</summary>
/// <param name="Number">Its place in the order.</param>
/// <param name="Name">Its file.</param>
/// <param name="Checksum">Of what was applied.</param>
/// <param name="Expands">Whether the build that applied it found that it only expands the schema; null where that build did not look.</param>
public sealed record AppliedMigration(int Number, string Name, string Checksum, bool? Expands)
{
    // A table that an older build made has no column for it.
    internal const string Query = """SELECT number AS "Number", name AS "Name", checksum AS "Checksum", (to_jsonb(m) ->> 'expands')::boolean AS "Expands" FROM public.navi_migrations m ORDER BY number""";

    /// <summary>True when a build that does not know it works with it all the same.</summary>
    public bool LeavesOthersAlone => Expands == true;

    /// <summary>Those that this build does not know.</summary>
    internal static IReadOnlyList<AppliedMigration> Unknown(IEnumerable<AppliedMigration> applied) => [.. applied.Where(a => MigrationSet.All.All(m => m.Number != a.Number))];
}
