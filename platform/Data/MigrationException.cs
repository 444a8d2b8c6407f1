namespace Navi.Platform.Data;

/// <summary>The database's schema can't be brought to this build's version. The message says why and what to do.</summary>
public sealed class MigrationException : Exception
{
    /// <summary>Creates the exception.</summary>
    public MigrationException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
