namespace Navi.Platform.Data.Local;

/// <summary>The private PostgreSQL cluster could not be made or started. The message says what to do.</summary>
public sealed class LocalClusterException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed and the command that mends it.</param>
    /// <param name="inner">The cause, when there is one.</param>
    public LocalClusterException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
