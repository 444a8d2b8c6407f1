using System.ComponentModel.DataAnnotations;

namespace Navi.Platform.Data;

/// <summary>How NAVI reaches PostgreSQL. Configuration section <c>Navi:Database</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Database";

    /// <summary><see cref="Authentication"/> by what the connection string holds.</summary>
    public const string ByPassword = "Password";

    /// <summary><see cref="Authentication"/> by an access token of Entra ID.</summary>
    public const string ByEntra = "Entra";

    /// <summary>Npgsql connection string of the application's connections; may point at PgBouncer in transaction mode. Required.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Navi:Database:ConnectionString is missing: set it to an Npgsql connection string.")]
    public string ConnectionString { get; set; } = "";

    /// <summary>Connection string of the direct port, for migrations and the durable runtime. Default: <see cref="ConnectionString"/>.</summary>
    public string? DirectConnectionString { get; set; }

    /// <summary>
    /// How connections prove who they are: <c>Password</c>, by the connection string's password or client certificate; or <c>Entra</c>, by an access token of this process's managed or workload identity,
    /// whose name is the connection string's user name. Default <c>Password</c>.
    /// </summary>
    public string Authentication { get; set; } = ByPassword;

    /// <summary>With <c>Entra</c>, how often a pool asks for the token that its new connections show; the same one is given until it is near its end, then another. Default one minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:04:00", ErrorMessage = "Navi:Database:TokenRefresh must be from 00:00:01 to 00:04:00.")]
    public TimeSpan TokenRefresh { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Why, outside the Local environment, connections over a network may be less than TLS with a verified server: a sentence for whoever reads the log, such as that PgBouncer runs beside the process. Default none: they may not.</summary>
    [StringLength(300, ErrorMessage = "Navi:Database:TlsException is longer than 300 characters.")]
    public string TlsException { get; set; } = "";

    /// <summary>Most connections of the application's pool. Default 20.</summary>
    [Range(2, 1000, ErrorMessage = "Navi:Database:PoolSize must be from 2 to 1000.")]
    public int PoolSize { get; set; } = 20;

    /// <summary>Seconds a statement may take. Default 30.</summary>
    [Range(1, 600, ErrorMessage = "Navi:Database:CommandTimeoutSeconds must be from 1 to 600.")]
    public int CommandTimeoutSeconds { get; set; } = 30;

    /// <summary>The connection string of the direct port.</summary>
    internal string Direct => DirectConnectionString is { Length: > 0 } given ? given : ConnectionString;

    /// <summary>The same with another number of connections, for work that must not wait for other work's.</summary>
    internal DatabaseOptions With(int poolSize)
    {
        var copy = (DatabaseOptions)MemberwiseClone();
        copy.PoolSize = poolSize;
        return copy;
    }

    /// <summary>The same with one connection string for everything.</summary>
    internal DatabaseOptions At(string connectionString)
    {
        var copy = (DatabaseOptions)MemberwiseClone();
        (copy.ConnectionString, copy.DirectConnectionString) = (connectionString, null);
        return copy;
    }
}
