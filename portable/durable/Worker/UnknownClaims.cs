namespace Navi.Portable.Durable.Worker;

/// <summary>
/// Finds what is claimed for this worker in the database and not known here, since the answer to a claim got lost, and gives it back. What
/// is unknown at one look may be an answer that is just arriving: only what is still unknown some time later is given back.
/// </summary>
internal sealed class UnknownClaims<T>(
    Func<CancellationToken, Task<IReadOnlyList<T>>> read, Func<T, bool> isKnown, Func<IReadOnlyList<T>, CancellationToken, Task> release, TimeProvider time, TimeSpan between)
    where T : notnull
{
    private volatile bool suspected;
    private HashSet<T> unknown = [];
    private long seenAt;

    /// <summary>An answer was lost.</summary>
    public void Suspect() => suspected = true;

    /// <summary>Looks when there is a reason to. Called by one loop, again and again.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The second look first: one who suspects again and again would never come to it.
            if (unknown.Count > 0)
            {
                if (time.GetElapsedTime(seenAt) < between) return;
                var still = await LookAsync(cancellationToken);
                still.IntersectWith(unknown);
                if (still.Count > 0) await release([.. still], cancellationToken);
                unknown = [];
            }
            else if (suspected)
            {
                suspected = false;
                unknown = await LookAsync(cancellationToken);
                seenAt = time.GetTimestamp();
            }
        }
        catch
        {
            suspected = true;
            throw;
        }
    }

    private async Task<HashSet<T>> LookAsync(CancellationToken cancellationToken) => [.. (await read(cancellationToken)).Where(claim => !isKnown(claim))];
}
