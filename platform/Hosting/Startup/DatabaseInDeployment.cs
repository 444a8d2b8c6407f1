using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Npgsql;

namespace Navi.Platform.Hosting.Startup;

/// <summary>
/// Outside Local, refuses to send anything to a database over a network without TLS to a verified server, unless the configuration says why; and passwords that stand in published examples. A Unix socket is no
/// network and has no TLS. A loopback address needs the reason: a process beside this one, such as PgBouncer, passes on what it gets, and only who configured it knows how.
/// </summary>
internal sealed class DatabaseInDeployment(IOptions<NaviOptions> navi) : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        if (navi.Value.IsLocal)
            return ValidateOptionsResult.Success;
        var failures = new List<string>();
        Check(nameof(options.ConnectionString), options.ConnectionString, options, failures);
        if (options.DirectConnectionString is { Length: > 0 } direct)
            Check(nameof(options.DirectConnectionString), direct, options, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private void Check(string option, string given, DatabaseOptions options, List<string> failures)
    {
        // What is missing is said by its attribute.
        if (given.Length == 0 || Parsed(given) is not { } connection)
            return;
        if (SampleValues.IsSample(connection.Password))
            failures.Add($"Navi:Database:{option} has a Password that stands in an example (not repeated here); in the environment {navi.Value.Environment} it must be one that nobody else knows.");
        if (connection.SslMode != SslMode.VerifyFull && string.IsNullOrWhiteSpace(options.TlsException) && Hosts(connection).FirstOrDefault(IsNetwork) is { } host)
            failures.Add($"Navi:Database:{option} goes to '{host}' with SSL Mode={connection.SslMode}; in the environment {navi.Value.Environment} it must be SSL Mode=VerifyFull (with Root Certificate=FILE where the system does not know the issuer), a Unix socket, or Navi:Database:TlsException must say why not.");
    }

    // What can't be read is said by DatabaseOptionsValidator.
    private static NpgsqlConnectionStringBuilder? Parsed(string given)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(given);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Hosts(NpgsqlConnectionStringBuilder connection) => (connection.Host ?? "").Split(',', StringSplitOptions.TrimEntries);

    // As Npgsql tells them: a path, or an abstract socket's name.
    private static bool IsNetwork(string host) => !(host.StartsWith('/') || host.StartsWith('@'));
}
