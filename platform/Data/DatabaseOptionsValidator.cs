using Microsoft.Extensions.Options;
using Npgsql;

namespace Navi.Platform.Data;

/// <summary>Stops a process at start that could not reach its database whatever the database does. Connection strings may hold a password and are never repeated.</summary>
internal sealed class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        var failures = new List<string>();
        if (options.Authentication is not (DatabaseOptions.ByPassword or DatabaseOptions.ByEntra))
            failures.Add($"Navi:Database:Authentication is '{options.Authentication}'; it must be {DatabaseOptions.ByPassword} or {DatabaseOptions.ByEntra}.");
        Check(nameof(options.ConnectionString), options.ConnectionString, options, failures);
        if (options.DirectConnectionString is { Length: > 0 } direct)
            Check(nameof(options.DirectConnectionString), direct, options, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Check(string option, string given, DatabaseOptions options, List<string> failures)
    {
        // What is missing is said by its attribute.
        if (given.Length == 0)
            return;
        NpgsqlConnectionStringBuilder connection;
        try
        {
            connection = new NpgsqlConnectionStringBuilder(given);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            failures.Add($"Navi:Database:{option} is not an Npgsql connection string such as Host=db.example.com;Username=navi;Database=navi;SSL Mode=VerifyFull: {e.Message}");
            return;
        }
        if (options.Authentication != DatabaseOptions.ByEntra)
            return;
        if (string.IsNullOrEmpty(connection.Username))
            failures.Add($"Navi:Database:{option} has no Username; with Navi:Database:Authentication={DatabaseOptions.ByEntra} it must be the database role of this process's identity.");
        if (!string.IsNullOrEmpty(connection.Password))
            failures.Add($"Navi:Database:{option} has a Password; with Navi:Database:Authentication={DatabaseOptions.ByEntra} it must have none: the identity's token takes its place.");
    }
}
