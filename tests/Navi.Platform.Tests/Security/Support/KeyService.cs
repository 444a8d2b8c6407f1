using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Navi.Platform.Data;
using Navi.Platform.Security.SigningKeys;
using Navi.Testing;
using Npgsql;

namespace Navi.Platform.Tests.Security.Support;

/// <summary>A database with signing keys, and rings as processes would have them. The database's time passes by moving the rows back.</summary>
internal sealed class KeyService : IAsyncDisposable
{
    private readonly TestPlatform platform;

    private KeyService(TestPlatform platform)
    {
        this.platform = platform;
        Keys.Add("one");
        Rotation = MakeRotation("one");
        Ring = MakeRing("one");
    }

    public KeyDirectory Keys { get; } = new();

    /// <summary>The clock of the rings' caches.</summary>
    public FakeTimeProvider Time { get; } = new();

    public SigningKeyOptions Settings { get; } = new();

    public SigningKeyRotation Rotation { get; }

    public SigningKeyRing Ring { get; }

    public NaviDatabase Database => platform.Database;

    public static async Task<KeyService> CreateAsync() => new(await TestPlatform.CreateAsync());

    public SigningKeyRotation MakeRotation(string keyId) => new(platform.Database, Keys.Cipher(keyId), Options.Create(Settings), NullLogger<SigningKeyRotation>.Instance);

    public SigningKeyRing MakeRing(string keyId) => new(platform.Database, MakeRotation(keyId), Keys.Cipher(keyId), Options.Create(Settings), Time);

    /// <summary>What a process reads that has nothing in memory.</summary>
    public async Task<SigningKeySet> ReadAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(2));
        return await Ring.RefreshAsync(CancellationToken.None);
    }

    /// <summary>Lets time pass in the database.</summary>
    public Task PassAsync(TimeSpan span) => ExecuteAsync(
        "UPDATE navi.signing_keys SET created_at = created_at - @span, active_from = active_from - @span, retired_at = retired_at - @span, expires_at = expires_at - @span", new { span });

    /// <summary>What an operator does when a key may have leaked, as the document on rotation says.</summary>
    public async Task ReplaceAllAsync()
    {
        await ExecuteAsync("DELETE FROM navi.signing_keys");
        await Rotation.RunAsync(CancellationToken.None);
    }

    public Task ExecuteAsync(string sql, object? values = null) => Database.RunAsync(Scope.System, c => (Task)c.ExecuteAsync(sql, values), CancellationToken.None);

    /// <summary>As the tables' owner.</summary>
    public async Task ExecuteAsOwnerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(platform.Server.ConnectionString);
        await connection.ExecuteAsync(sql);
    }

    public Task<T?> ScalarAsync<T>(string sql) => Database.RunAsync(Scope.System, c => c.ExecuteScalarAsync<T>(sql), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await platform.DisposeAsync();
        Keys.Dispose();
    }
}
