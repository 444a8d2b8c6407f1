using Microsoft.Extensions.Options;
using Navi.Platform.Data;

namespace Navi.Platform.Telemetry.Errors;

/// <summary>Finds whose work it was that failed: whatever runs a step knows its task alone.</summary>
internal sealed class ErrorOwners(NaviDatabase database, IOptions<TelemetryOptions> telemetry)
{
    /// <summary>
    /// Gives each group to its organisation and makes one of those that are the same by then. In one order, so that two processes that write the same groups wait for each other and do not block each
    /// other.
    /// </summary>
    /// <exception cref="Npgsql.NpgsqlException">The database does not answer; nothing is changed.</exception>
    public async Task<IReadOnlyList<ErrorGroup>> AssignAsync(IReadOnlyList<ErrorGroup> groups, CancellationToken cancellation)
    {
        var owners = await FindAsync([.. groups.SelectMany(g => g.TasksOfNobody).Distinct()], cancellation);
        foreach (var group in groups)
            group.Belong(owners, telemetry.Value.Organisation);
        return
        [
            .. groups.GroupBy(g => g.Key).OrderBy(same => same.Key.Organisation, StringComparer.Ordinal).ThenBy(same => same.Key.Signature, StringComparer.Ordinal)
                .Select(same => same.Aggregate((one, other) => one.Add(other))),
        ];
    }

    private async Task<Dictionary<Guid, (string Organisation, string User)>> FindAsync(Guid[] tasks, CancellationToken cancellation) => tasks.Length == 0
        ? []
        : (await database.QueryAsync<(Guid Id, string Organisation, string User)>(Scope.System, "SELECT id, org_id, user_id FROM navi.tasks WHERE id = ANY(@tasks)", new { tasks }, cancellation))
        .ToDictionary(t => t.Id, t => (t.Organisation, t.User));
}
