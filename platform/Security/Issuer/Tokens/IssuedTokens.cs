using System.Collections.Concurrent;
using Dapper;
using Navi.Platform.Data;

namespace Navi.Platform.Security.Issuer.Tokens;

/// <summary>
/// Whether a token that was issued still holds. A good answer is remembered for <see cref="Remembered"/>, so that much is the longest a
/// revoked access token goes on; a bad one stays bad.
/// </summary>
internal sealed class IssuedTokens(NaviDatabase database, TimeProvider time)
{
    /// <summary>10 seconds.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    private const int Most = 10_000;

    private const string Sql = """
        SELECT EXISTS (SELECT FROM navi.issuer_tokens t LEFT JOIN navi.issuer_authorizations a ON a.id = t.authorization_id
          WHERE t.id = @id AND t.status = 'valid' AND (a.id IS NULL OR a.status = 'valid'))
        """;

    private readonly ConcurrentDictionary<Guid, Known> known = new();

    /// <param name="id">The token's row.</param>
    /// <param name="ends">When it ends by itself, UTC.</param>
    /// <param name="cancellation">Cancels the question.</param>
    public async Task<bool> IsValidAsync(Guid id, DateTime ends, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(id, out var before) && (before.IsRevoked || now - before.At < Remembered))
            return !before.IsRevoked;
        var valid = await database.RunAsync(
            Scope.System, c => c.ExecuteScalarAsync<bool>(Sql, new { id }), cancellation);
        if (known.Count >= Most)
            Forget(now);
        known[id] = new Known(!valid, now, ends);
        return valid;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (id, entry) in known)
        {
            if (entry.Ends < now.UtcDateTime || now - entry.At >= Remembered)
                known.TryRemove(id, out _);
        }
        // All of them fresh: asking again costs less than growing.
        if (known.Count >= Most)
            known.Clear();
    }

    private sealed record Known(bool IsRevoked, DateTimeOffset At, DateTime Ends);
}
