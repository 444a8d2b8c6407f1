using Azure.Core.Cryptography;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Encryption.KeyFiles;
using Navi.Platform.Security.Encryption.Rewrapping;
using Navi.Platform.Security.Tokens;
using Navi.Testing;

namespace Navi.Platform.Tests.Security.Support;

/// <summary>A database with encrypted tokens, and processes whose wrapping key is one or another.</summary>
internal sealed class TokenService : IAsyncDisposable
{
    private readonly TestPlatform platform;

    private TokenService(TestPlatform platform)
    {
        this.platform = platform;
        Keys.Add("old");
        Keys.Add("new");
    }

    public KeyDirectory Keys { get; } = new();

    public NaviDatabase Database => platform.Database;

    public static async Task<TokenService> CreateAsync() => new(await TestPlatform.CreateAsync());

    public EncryptedTokens Tokens(string keyId) => new(Database, Keys.Cipher(keyId));

    /// <param name="keyId">The key of now.</param>
    /// <param name="before">What happens whenever a key is asked for.</param>
    public EnvelopeRewrap Rewrap(string keyId, Func<string, Task>? before = null)
    {
        var options = Options.Create(Keys.Options(keyId));
        IKeyEncryptionKeyResolver files = new FileKeyResolver(options);
        var wrapping = new WrappingKeys(before is null ? files : new TurningKeys(files, before), options);
        return new EnvelopeRewrap(Database, new EnvelopeCipher(wrapping, options, TimeProvider.System), wrapping, NullLogger<EnvelopeRewrap>.Instance);
    }

    public KeyInventory Inventory(string keyId)
    {
        var options = Options.Create(Keys.Options(keyId));
        return new KeyInventory(Database, new WrappingKeys(new FileKeyResolver(options), options), options);
    }

    /// <summary>Many tokens, each under a data key of its own, as processes that were started again and again would leave them.</summary>
    public async Task FillAsync(string keyId, int count, string organisation = "acme")
    {
        for (var i = 0; i < count; i++)
            Assert.NotNull(await Tokens(keyId).PutAsync(organisation, $"t{i}", $"value {i}", "ada", CancellationToken.None));
    }

    public Task<int> ExecuteAsync(string sql, object? values = null) => Database.RunAsync(Scope.System, c => c.ExecuteAsync(sql, values), CancellationToken.None);

    public Task<T?> ScalarAsync<T>(string sql) => Database.RunAsync(Scope.System, c => c.ExecuteScalarAsync<T>(sql), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await platform.DisposeAsync();
        Keys.Dispose();
    }
}
