using Navi.Platform.Data;

namespace Navi.Platform.Hosting.Readiness;

/// <summary>The database answers and has every migration of this build.</summary>
internal sealed class DatabaseReadiness(NaviDatabase database) : IReadinessCheck
{
    private static readonly int[] Needed = [.. Migrator.Numbers];

    public string Name => "database";

    public async Task<string?> ProblemAsync(CancellationToken cancellation)
    {
        // A newer database is one that a newer process has migrated while this one still works.
        var applied = await database.QueryAsync<int>(Scope.System, "SELECT number FROM public.navi_migrations", null, cancellation);
        return Needed.Except(applied).Order().ToList() is [var first, ..] ? $"The database lacks migration {first} of this build." : null;
    }
}
