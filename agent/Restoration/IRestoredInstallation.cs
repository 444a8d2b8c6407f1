namespace Navi.Agent.Restoration;

/// <summary>What must happen after PostgreSQL was restored to an earlier moment, and before any NAVI works on it.</summary>
public interface IRestoredInstallation
{
    /// <summary>
    /// Suspends every task that had not ended at the restore point, puts its unsettled probeable and irreversible calls in doubt and its workspace back to what the database knows. Doing it twice is the same.
    /// </summary>
    /// <param name="point">The moment to which the database was restored.</param>
    /// <param name="cancellation">Cancels before the database is changed.</param>
    Task<RestorationReport> HoldAsync(DateTimeOffset point, CancellationToken cancellation);
}
