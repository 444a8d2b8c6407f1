using Navi.Platform.Data;

namespace Navi.Platform.Hosting.Readiness;

/// <summary>The database answers, has every migration of this build, and none of a newer one that does more than expand the schema.</summary>
internal sealed class DatabaseReadiness(NaviDatabase database) : IReadinessCheck
{
    public string Name => "database";

    public async Task<string?> ProblemAsync(CancellationToken cancellation)
    {
        var applied = await database.QueryAsync<AppliedMigration>(Scope.System, AppliedMigration.Query, null, cancellation);
        if (MigrationSet.All.Select(m => m.Number).Except(applied.Select(a => a.Number)).ToList() is [var first, ..])
            return $"The database lacks migration {first} of this build.";
        // A newer process may have migrated while this one still works, or this one is what was gone back to: by the rule of the start, it may go on or not.
        return AppliedMigration.Unknown(applied).FirstOrDefault(a => !a.LeavesOthersAlone) is { } foreign
            ? $"The database has migration {foreign.Number} of a newer build, which does more than expand the schema."
            : null;
    }
}
