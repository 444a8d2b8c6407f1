using System.Security.Cryptography;
using System.Text;
using Dapper;
using Navi.Platform.Data;
using Npgsql;

namespace Navi.Platform.Contents;

/// <summary>Texts and patches of any size, stored once per organisation under the SHA-256 of their bytes.</summary>
public sealed class ContentStore(NaviDatabase database)
{
    /// <summary>Lower-case hexadecimal SHA-256 of <paramref name="body"/>.</summary>
    public static string DigestOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    /// <summary>Stores bytes in the caller's transaction and returns their digest.</summary>
    public static async Task<string> PutAsync(NpgsqlConnection connection, string organisation, byte[] body)
    {
        var digest = DigestOf(body);
        await connection.ExecuteAsync(
            "INSERT INTO navi.contents (org_id, digest, body) VALUES (@organisation, @digest, @body) ON CONFLICT DO NOTHING",
            new { organisation, digest, body });
        return digest;
    }

    /// <summary>Stores a text as UTF-8.</summary>
    public static Task<string> PutAsync(NpgsqlConnection connection, string organisation, string text) =>
        PutAsync(connection, organisation, Encoding.UTF8.GetBytes(text));

    /// <summary>The bytes under a digest, checked against it; null when there are none.</summary>
    /// <exception cref="InvalidDataException">The stored bytes do not have this digest.</exception>
    public async Task<byte[]?> GetAsync(Scope scope, string organisation, string digest, CancellationToken cancellation)
    {
        var body = await database.RunAsync(scope, c => c.ExecuteScalarAsync<byte[]?>(
            "SELECT body FROM navi.contents WHERE org_id = @organisation AND digest = @digest", new { organisation, digest }), cancellation);
        if (body is not null && DigestOf(body) != digest)
            throw new InvalidDataException($"The stored content {digest} does not match its digest.");
        return body;
    }
}
