using System.Collections.Concurrent;
using Navi.Agent.Models.Routing;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Tokens;
using Navi.Platform.Telemetry;
using Npgsql;

namespace Navi.Agent.Models.Secrets;

/// <summary>
/// Keys of models that lie in the encrypted storage of the organisation that runs the installation. A value is known for <see cref="Freshness"/>: after that a changed one is used, without a restart.
/// </summary>
internal sealed class ModelSecrets(EncryptedTokens tokens, Operators operators, TimeProvider time)
{
    /// <summary>How long a value is used before it is read again.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, (string Value, long At)> known = new();

    /// <summary>The value of a secret that an entry names.</summary>
    /// <exception cref="ModelCallException">There is none, it does not open, or it can't be read now. The message names it and never holds a value.</exception>
    public async Task<string> GetAsync(string name, CancellationToken cancellation)
    {
        if (known.TryGetValue(name, out var held) && time.GetElapsedTime(held.At) < Freshness)
            return held.Value;
        // Before the query: what the database says is no younger.
        var at = time.GetTimestamp();
        var value = await ReadAsync(name, cancellation)
            ?? throw new ModelCallException(ModelFailureKind.Unauthorized, $"the secret '{name}' that holds its key does not exist. An administrator makes it with 'navi secrets set {name}'.");
        known[name] = (value, at);
        return value;
    }

    private async Task<string?> ReadAsync(string name, CancellationToken cancellation)
    {
        try
        {
            // The validation at start has seen to it that there is one.
            return await tokens.ReadAsync(operators.Organisation!, name, cancellation);
        }
        catch (CipherException e)
        {
            throw new ModelCallException(ModelFailureKind.Unauthorized, $"the secret '{name}' that holds its key does not open. {e.Message}", e);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException || KeyServiceFailure.Is(e))
        {
            throw new ModelCallException(ModelFailureKind.Connection, $"the secret '{name}' that holds its key can't be read now ({e.GetType().Name}).", e);
        }
    }
}
