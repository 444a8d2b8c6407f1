using Npgsql;

namespace Navi.Platform.Data.Connections;

/// <summary>What every data source of NAVI's database has in common, whoever builds it.</summary>
public static class DatabaseConnections
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>Lets new connections prove who they are in the way that the options name.</summary>
    public static void Authenticate(NpgsqlDataSourceBuilder builder, DatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Authentication == DatabaseOptions.ByEntra)
            builder.UsePeriodicPasswordProvider((_, cancellation) => EntraTokens.OfThisProcess.GetAsync(cancellation), options.TokenRefresh, AfterFailure);
    }

    /// <summary>Connections to the direct port for what is done once at start; they are not kept.</summary>
    public static NpgsqlDataSource Direct(DatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Once(options.At(options.Direct));
    }

    /// <summary>Connections for what is done once at start; they are not kept.</summary>
    internal static NpgsqlDataSource Once(DatabaseOptions options)
    {
        // A migration may take longer than a request's statement.
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false, CommandTimeout = 300, Timeout = 15, ApplicationName = "navi-start" };
        var builder = new NpgsqlDataSourceBuilder(connection.ConnectionString);
        Authenticate(builder, options);
        return builder.Build();
    }
}
