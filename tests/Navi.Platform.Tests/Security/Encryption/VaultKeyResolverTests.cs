using System.Security.Cryptography;
using Azure.Core.Cryptography;
using Microsoft.Extensions.Options;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Encryption.KeyFiles;
using Navi.Platform.Security.Encryption.Vault;
using Navi.Platform.Tests.Security.Support;

namespace Navi.Platform.Tests.Security.Encryption;

public sealed class VaultKeyResolverTests : IDisposable
{
    private const string First = "https://own.vault.azure.net/keys/main/00000000000000000000000000000001";
    private const string Second = "https://own.vault.azure.net/keys/main/00000000000000000000000000000002";
    private static readonly CipherPlace Home = new("acme", "navi.things", "row-1", "secret");
    private readonly KeyDirectory keys = new();
    private readonly Vault vault = new();

    public void Dispose()
    {
        keys.Dispose();
        vault.Dispose();
    }

    [Fact]
    public async Task Decrypt_ValueOfAnOlderVersion_OpensWithThatVersion()
    {
        using var before = Cipher(First);
        var value = await before.EncryptAsync(Home, new byte[] { 7 }, CancellationToken.None);
        using var after = Cipher(Second);

        Assert.Equal([7], await after.DecryptAsync(Home, value, CancellationToken.None));
        Assert.Equal([First, First], vault.Asked);
    }

    [Fact]
    public async Task Decrypt_ValueOfAKeyFileAfterTheMoveToTheVault_Opens()
    {
        keys.Add("file");
        using var before = keys.Cipher("file");
        var value = await before.EncryptAsync(Home, new byte[] { 7 }, CancellationToken.None);
        using var after = Cipher(First);

        Assert.Equal([7], await after.DecryptAsync(Home, value, CancellationToken.None));
    }

    [Theory]
    [InlineData("https://other.vault.azure.net/keys/main/00000000000000000000000000000001")]
    [InlineData("https://own.vault.azure.net/keys/main")]
    [InlineData("https://own.vault.azure.net.evil.example/keys/main/00000000000000000000000000000001")]
    [InlineData("https://own.vault.azure.net/secrets/main/00000000000000000000000000000001")]
    public async Task Decrypt_ValueThatNamesAnotherVault_AsksNobody(string keyId)
    {
        using var cipher = Cipher(First);
        var forged = new Envelope(new WrappedKey("RSA-OAEP-256", keyId, new byte[256]), new byte[12], new byte[16], new byte[3]).ToBytes();

        await Assert.ThrowsAsync<CipherException>(() => cipher.DecryptAsync(Home, forged, CancellationToken.None));
        Assert.Empty(vault.Asked);
    }

    [Fact]
    public async Task Check_WorkingKey_Passes()
    {
        var options = Options.Create(keys.Options(First));
        await new WrappingKeys(new VaultKeyResolver(vault, new FileKeyResolver(options), options), options).CheckAsync(CancellationToken.None);

        Assert.Equal(2, vault.Asked.Count);
    }

    private EnvelopeCipher Cipher(string keyId)
    {
        var options = Options.Create(keys.Options(keyId));
        return new EnvelopeCipher(new WrappingKeys(new VaultKeyResolver(vault, new FileKeyResolver(options), options), options), options, TimeProvider.System);
    }

    /// <summary>RSA keys in this process, made when first asked for.</summary>
    private sealed class Vault : IKeyEncryptionKeyResolver, IDisposable
    {
        private readonly Dictionary<string, RSA> made = [];

        public List<string> Asked { get; } = [];

        public IKeyEncryptionKey Resolve(string keyId, CancellationToken cancellationToken = default)
        {
            Asked.Add(keyId);
            return new RsaKeyEncryption(keyId, made.TryGetValue(keyId, out var key) ? key : made[keyId] = RSA.Create(2048));
        }

        public Task<IKeyEncryptionKey> ResolveAsync(string keyId, CancellationToken cancellationToken = default) => Task.FromResult(Resolve(keyId, cancellationToken));

        public void Dispose()
        {
            foreach (var key in made.Values)
                key.Dispose();
        }
    }
}
