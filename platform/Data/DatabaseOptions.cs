using System.ComponentModel.DataAnnotations;

namespace Navi.Platform.Data;

/// <summary>How NAVI reaches PostgreSQL. Configuration section <c>Navi:Database</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Database";

    /// <summary>Npgsql connection string of the application's connections; may point at PgBouncer in transaction mode. Required.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Navi:Database:ConnectionString is missing: set it to an Npgsql connection string.")]
    public string ConnectionString { get; set; } = "";

    /// <summary>Connection string of the direct port, for migrations and the durable runtime. Default: <see cref="ConnectionString"/>.</summary>
    public string? DirectConnectionString { get; set; }

    /// <summary>Most connections of the application's pool. Default 20.</summary>
    [Range(2, 1000, ErrorMessage = "Navi:Database:PoolSize must be from 2 to 1000.")]
    public int PoolSize { get; set; } = 20;

    /// <summary>Seconds a statement may take. Default 30.</summary>
    [Range(1, 600, ErrorMessage = "Navi:Database:CommandTimeoutSeconds must be from 1 to 600.")]
    public int CommandTimeoutSeconds { get; set; } = 30;

    /// <summary>The same with another number of connections, for work that must not wait for other work's.</summary>
    internal DatabaseOptions With(int poolSize) => new() { ConnectionString = ConnectionString, DirectConnectionString = DirectConnectionString, PoolSize = poolSize, CommandTimeoutSeconds = CommandTimeoutSeconds };
}
