namespace Navi.Platform.Hosting.Readiness;

/// <summary>Something that this process needs to do its work, and that can be missing while it runs.</summary>
public interface IReadinessCheck
{
    /// <summary>Name of the check in answers; each is there once.</summary>
    string Name { get; }

    /// <summary>Looks. The answer is shown to everybody: it holds no path, address or name of this installation.</summary>
    /// <returns>Null when it is there, else what is missing, in one sentence.</returns>
    /// <exception cref="Exception">Anything: the check has failed, and the log has the exception.</exception>
    Task<string?> ProblemAsync(CancellationToken cancellation);
}
