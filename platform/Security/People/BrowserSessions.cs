using Dapper;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Security.Issuer;

namespace Navi.Platform.Security.People;

/// <summary>Signs browsers in: links that are good once, and the sessions that come of them. All times are the database's.</summary>
public sealed class BrowserSessions(NaviDatabase database, IOptions<IssuerOptions> options)
{
    /// <summary>Wrong codes after which a session ends: 10 guesses of 20^8.</summary>
    public const int MostWrongCodes = 10;

    private const string Person = "u.org_id, u.id, u.name, u.roles, u.roles_from, u.created_at, u.disabled_at, u.signed_in_at";

    /// <summary>A link that signs one browser in as <paramref name="person"/>, once.</summary>
    public async Task<(Secret Link, DateTime ExpiresAt)> MakeLinkAsync(UserRow person, CancellationToken cancellation)
    {
        var link = Secret.New();
        var expires = await database.RunAsync(Scope.System, c => c.ExecuteScalarAsync<DateTime>(
            "INSERT INTO navi.signin_links (digest, org_id, user_id, expires_at) VALUES (@Digest, @OrgId, @Id, now() + @LinkLifetime) RETURNING expires_at",
            new { link.Digest, person.OrgId, person.Id, options.Value.LinkLifetime }), cancellation);
        return (link, expires);
    }

    /// <summary>Whom a link would sign in; null when it is used, over or none of ours. Changes nothing: mail scanners follow links.</summary>
    public Task<UserRow?> PeekAsync(Secret link, CancellationToken cancellation) => database.RunAsync(Scope.System, c => c.QuerySingleOrDefaultAsync<UserRow>(
        $"""
        SELECT {Person} FROM navi.signin_links l JOIN navi.users u ON u.org_id = l.org_id AND u.id = l.user_id
        WHERE l.digest = @Digest AND l.used_at IS NULL AND l.expires_at > now() AND u.disabled_at IS NULL
        """, new { link.Digest }), cancellation);

    /// <summary>Uses a link up; null when another was faster, or as <see cref="PeekAsync"/>.</summary>
    public Task<Secret?> UseLinkAsync(Secret link, CancellationToken cancellation) => database.RunAsync<Secret?>(Scope.System, async c =>
    {
        var session = Secret.New();
        var begun = await c.ExecuteAsync(
            """
            WITH used AS (
              UPDATE navi.signin_links l SET used_at = now() FROM navi.users u
              WHERE l.digest = @link AND l.used_at IS NULL AND l.expires_at > now() AND u.org_id = l.org_id AND u.id = l.user_id AND u.disabled_at IS NULL
              RETURNING l.org_id, l.user_id),
            seen AS (UPDATE navi.users u SET signed_in_at = now() FROM used WHERE u.org_id = used.org_id AND u.id = used.user_id)
            INSERT INTO navi.browser_sessions (digest, org_id, user_id, expires_at) SELECT @session, org_id, user_id, now() + @SessionLifetime FROM used
            """, new { link = link.Digest, session = session.Digest, options.Value.SessionLifetime });
        return begun == 1 ? session : null;
    }, cancellation);

    /// <summary>Begins a session of a person who has proven elsewhere who they are; null when that person is disabled.</summary>
    public Task<Secret?> BeginAsync(UserRow person, CancellationToken cancellation) => database.RunAsync<Secret?>(Scope.System, async c =>
    {
        var session = Secret.New();
        var begun = await c.ExecuteAsync(
            """
            WITH seen AS (UPDATE navi.users SET signed_in_at = now() WHERE org_id = @OrgId AND id = @Id AND disabled_at IS NULL RETURNING org_id, id)
            INSERT INTO navi.browser_sessions (digest, org_id, user_id, expires_at) SELECT @Digest, org_id, id, now() + @SessionLifetime FROM seen
            """, new { session.Digest, person.OrgId, person.Id, options.Value.SessionLifetime });
        return begun == 1 ? session : null;
    }, cancellation);

    /// <summary>Who is signed in; null when nobody is, or the person is disabled.</summary>
    public Task<UserRow?> FindAsync(Secret session, CancellationToken cancellation) => database.RunAsync(Scope.System, c => c.QuerySingleOrDefaultAsync<UserRow>(
        $"""
        SELECT {Person} FROM navi.browser_sessions s JOIN navi.users u ON u.org_id = s.org_id AND u.id = s.user_id
        WHERE s.digest = @Digest AND s.expires_at > now() AND u.disabled_at IS NULL
        """, new { session.Digest }), cancellation);

    /// <summary>Notes a code that did not exist; the session ends with the tenth.</summary>
    public Task NoteWrongCodeAsync(Secret session, CancellationToken cancellation) => database.RunAsync(Scope.System, c => c.ExecuteAsync(
        """
        UPDATE navi.browser_sessions SET wrong_codes = wrong_codes + 1 WHERE digest = @Digest;
        DELETE FROM navi.browser_sessions WHERE digest = @Digest AND wrong_codes >= @most;
        """, new { session.Digest, most = MostWrongCodes }), cancellation);

    /// <summary>Ends a session.</summary>
    public Task EndAsync(Secret session, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, c => c.ExecuteAsync("DELETE FROM navi.browser_sessions WHERE digest = @Digest", new { session.Digest }), cancellation);
}
