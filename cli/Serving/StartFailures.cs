using System.Net.Sockets;
using System.Text.RegularExpressions;
using Azure.Identity;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Hosting;
using Navi.Platform.Hosting.Startup;
using Navi.Platform.Security.Encryption;
using Navi.Portable.Host;
using Npgsql;

namespace Navi.Cli.Serving;

/// <summary>Turns what stops a start into one message for the operator.</summary>
internal static partial class StartFailures
{
    /// <summary>Runs a start.</summary>
    /// <param name="database">What to do when the database can't be reached.</param>
    /// <param name="start">The start.</param>
    /// <exception cref="CliException">It failed in a way that an operator can mend.</exception>
    public static async Task<T> SayAsync<T>(string database, Func<Task<T>> start)
    {
        try
        {
            return await start();
        }
        catch (Exception e) when (Said(e, database) is { } message)
        {
            throw CliException.Unavailable(message, e);
        }
    }

    private static string? Said(Exception exception, string database) => exception switch
    {
        OptionsValidationException e => Lines(e.Failures),
        AggregateException e when e.Flatten().InnerExceptions is { Count: > 0 } all && all.All(i => i is OptionsValidationException) => Lines(all.Cast<OptionsValidationException>().SelectMany(o => o.Failures)),
        StartupException or WorkspaceAgreementException or FunctionRegistrationException => exception.Message,
        MigrationException e => $"The database's schema does not fit this build: {e.Message}",
        EncryptionKeyException or CipherException => $"NAVI can't use its keys: {exception.Message}",
        AuthenticationFailedException e => $"Entra ID gave no token for the database: {e.Message}",
        NpgsqlException { InnerException: AuthenticationFailedException e } => $"Entra ID gave no token for the database: {e.Message}",
        NpgsqlException or TimeoutException => $"The database can't be reached or refuses: {exception.Message.TrimEnd('.')}. {database}",
        // A port that is taken or not allowed, a certificate's file that went away.
        IOException or SocketException => $"NAVI could not start: {exception.Message}",
        // The binder's: it names the key and, except for texts, the value that is no number or time.
        InvalidOperationException e when e.Source?.StartsWith("Microsoft.Extensions.Configuration", StringComparison.Ordinal) == true => $"The configuration can't be read: {e.Message}",
        // The durable schema's.
        InvalidOperationException e when e.Source == "Navi.Portable.Durable" => $"The database's schema does not fit this build: {e.Message}",
        _ => null,
    };

    private static string Lines(IEnumerable<string> failures) => string.Join(Environment.NewLine, failures.Select(f => Annotation().Replace(f, "$1")).Distinct());

    // What the framework puts around an attribute's own words.
    [GeneratedRegex(@"^DataAnnotation validation failed for '[^']*' members: '[^']*' with the error: '(.*)'\.$", RegexOptions.Singleline)]
    private static partial Regex Annotation();
}
