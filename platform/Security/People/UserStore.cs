using Dapper;
using Navi.Platform.Data;
using Navi.Platform.Security.Identity;
using Npgsql;

namespace Navi.Platform.Security.People;

/// <summary>The people of every organisation. Callers say which organisation they mean; the table is the system's.</summary>
public sealed class UserStore(NaviDatabase database)
{
    private const string Configuration = "configuration";
    private const string Columns = "org_id, id, name, roles, roles_from, created_at, disabled_at, signed_in_at";

    /// <summary>One person; null when nobody of this id was ever seen.</summary>
    public Task<UserRow?> FindAsync(string organisation, string user, CancellationToken cancellation) => database.RunAsync(
        Scope.System, c => c.QuerySingleOrDefaultAsync<UserRow>($"SELECT {Columns} FROM navi.users WHERE org_id = @organisation AND id = @user", new { organisation, user }), cancellation);

    /// <summary>Up to <paramref name="limit"/> people after <paramref name="after"/>, by id.</summary>
    public Task<List<UserRow>> ListAsync(string organisation, string? after, int limit, CancellationToken cancellation) => database.RunAsync(
        Scope.System, async c => (await c.QueryAsync<UserRow>(
            $"SELECT {Columns} FROM navi.users WHERE org_id = @organisation AND id > @after ORDER BY id LIMIT @limit", new { organisation, after = after ?? "", limit })).AsList(), cancellation);

    /// <summary>
    /// Notes what an issuer or the configuration says of a person who signs in. An administrator's word on the roles stands, and so does a disablement.
    /// Null when the id belongs to a person of another origin: two issuers may know different people by one name.
    /// </summary>
    /// <param name="principal">The person.</param>
    /// <param name="authority">The issuer; null for the configuration.</param>
    /// <param name="cancellation">Cancels the write.</param>
    public Task<UserRow?> NoteAsync(Principal principal, string? authority, CancellationToken cancellation) => database.RunAsync(
        Scope.System, c => c.QuerySingleOrDefaultAsync<UserRow>(
            $"""
            INSERT INTO navi.users AS u (org_id, id, name, roles, roles_from, authority) VALUES (@Organisation, @User, @Name, @roles, @from, @origin)
            ON CONFLICT (org_id, id) DO UPDATE SET
              name = coalesce(excluded.name, u.name),
              authority = excluded.authority,
              roles = CASE WHEN u.roles_from = 'admin' THEN u.roles ELSE excluded.roles END,
              roles_from = CASE WHEN u.roles_from = 'admin' THEN 'admin' ELSE excluded.roles_from END
            WHERE coalesce(u.authority, excluded.authority) = excluded.authority
            RETURNING {Columns}
            """, new
            {
                principal.Organisation, principal.User, principal.Name, roles = Ordered(principal.Roles),
                from = authority is null ? Configuration : "issuer", origin = authority ?? Configuration,
            }), cancellation);

    /// <summary>What an administrator says of a person, who may be one that was never here. Disabling ends every sign-in of that person at once.</summary>
    public Task<UserRow> PutAsync(string organisation, string user, IReadOnlyList<string> roles, bool disabled, string by, CancellationToken cancellation) => database.RunAsync(
        Scope.System, async c =>
        {
            var row = await c.QuerySingleAsync<UserRow>(
                $"""
                INSERT INTO navi.users AS u (org_id, id, roles, roles_from, changed_by, disabled_at) VALUES (@organisation, @user, @roles, 'admin', @by, CASE WHEN @disabled THEN now() END)
                ON CONFLICT (org_id, id) DO UPDATE SET roles = excluded.roles, roles_from = 'admin', changed_by = excluded.changed_by,
                  disabled_at = CASE WHEN @disabled THEN coalesce(u.disabled_at, now()) END
                RETURNING {Columns}
                """, new { organisation, user, roles = Ordered(roles), by, disabled });
            if (disabled)
                await EndSignInsAsync(c, organisation, user);
            return row;
        }, cancellation);

    private static async Task EndSignInsAsync(NpgsqlConnection connection, string organisation, string user)
    {
        var who = new { organisation, user };
        await connection.ExecuteAsync("DELETE FROM navi.browser_sessions WHERE org_id = @organisation AND user_id = @user", who);
        await connection.ExecuteAsync("DELETE FROM navi.signin_links WHERE org_id = @organisation AND user_id = @user", who);
        // The sign-in first: it was begun when nobody was known, so it is found by its tokens; one that is being made at this moment ends with it.
        // A client may have the name of a person; what it got belongs to no sign-in.
        await connection.ExecuteAsync(
            """
            UPDATE navi.issuer_authorizations SET status = 'revoked'
            WHERE id IN (SELECT authorization_id FROM navi.issuer_tokens WHERE org_id = @organisation AND subject = @user);
            UPDATE navi.issuer_tokens SET status = 'revoked' WHERE org_id = @organisation AND subject = @user AND authorization_id IS NOT NULL AND status = 'valid';
            """, who);
    }

    private static string[] Ordered(IEnumerable<string> roles) => [.. roles.Distinct().OrderBy(r => Role.All.ToList().IndexOf(r))];
}
