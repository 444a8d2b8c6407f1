using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Encryption.KeyFiles;
using Navi.Platform.Tests.Security.Support;

namespace Navi.Platform.Tests.Security.Encryption;

/// <summary>How often the wrapping key is asked.</summary>
public sealed class DataKeyTests : IDisposable
{
    private static readonly CipherPlace Home = new("acme", "navi.things", "row-1", "secret");
    private readonly KeyDirectory keys = new();
    private readonly FakeTimeProvider time = new();

    public DataKeyTests() => keys.Add("one");

    public void Dispose() => keys.Dispose();

    [Fact]
    public async Task Encrypt_WithinLifetimeAndUses_WrapsOnce()
    {
        var (cipher, counting) = Make(o => o.DataKeyUses = 3);

        await EncryptAsync(cipher, 3);
        Assert.Equal(1, counting.Resolved);
        await EncryptAsync(cipher, 1);
        Assert.Equal(2, counting.Resolved);
    }

    [Fact]
    public async Task Encrypt_AfterTheLifetime_WrapsANewKey()
    {
        var (cipher, counting) = Make(o => o.DataKeyLifetime = TimeSpan.FromMinutes(1));
        await EncryptAsync(cipher, 2);
        time.Advance(TimeSpan.FromMinutes(1));
        await EncryptAsync(cipher, 2);

        Assert.Equal(2, counting.Resolved);
    }

    [Fact]
    public async Task Encrypt_WithoutLifetime_HasAKeyPerValue()
    {
        var (cipher, _) = Make(o => o.DataKeyLifetime = TimeSpan.Zero);
        var values = await EncryptAsync(cipher, 5);

        Assert.Equal(5, values.Select(v => Envelope.TryParse(v, out var e) ? Convert.ToHexString(e.Key.Bytes) : "").Distinct().Count());
    }

    [Fact]
    public async Task Encrypt_ManyAtOnce_NeverOverusesAKey()
    {
        var (cipher, _) = Make(o => o.DataKeyUses = 7);
        var values = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => cipher.EncryptAsync(Home, new byte[1], CancellationToken.None))));

        Assert.True(values.CountBy(v => Envelope.TryParse(v, out var e) ? Convert.ToHexString(e.Key.Bytes) : "").All(k => k.Value <= 7));
    }

    [Fact]
    public async Task Decrypt_Again_AsksOnceUntilTheLifetimeEnds()
    {
        var (writer, _) = Make(_ => { });
        var value = (await EncryptAsync(writer, 1))[0];
        var (reader, counting) = Make(o => o.DataKeyLifetime = TimeSpan.FromMinutes(1));
        await reader.DecryptAsync(Home, value, CancellationToken.None);
        await reader.DecryptAsync(Home, value, CancellationToken.None);
        Assert.Equal(1, counting.Resolved);
        time.Advance(TimeSpan.FromMinutes(1));
        await reader.DecryptAsync(Home, value, CancellationToken.None);
        Assert.Equal(2, counting.Resolved);
    }

    [Fact]
    public async Task Decrypt_MoreKeysThanAreKept_ForgetsTheOldest()
    {
        var (writer, _) = Make(o => o.DataKeyUses = 1);
        var values = await EncryptAsync(writer, 3);
        var (reader, counting) = Make(o => o.OpenedKeys = 2);
        foreach (var value in values)
            await reader.DecryptAsync(Home, value, CancellationToken.None);
        await reader.DecryptAsync(Home, values[2], CancellationToken.None);
        Assert.Equal(3, counting.Resolved);
        await reader.DecryptAsync(Home, values[0], CancellationToken.None);
        Assert.Equal(4, counting.Resolved);
    }

    private (EnvelopeCipher Cipher, CountingKeys Keys) Make(Action<EncryptionOptions> configure)
    {
        var given = keys.Options("one");
        configure(given);
        var options = Options.Create(given);
        var counting = new CountingKeys(new FileKeyResolver(options));
        return (new EnvelopeCipher(new WrappingKeys(counting, options), options, time), counting);
    }

    private static async Task<List<byte[]>> EncryptAsync(EnvelopeCipher cipher, int count)
    {
        var values = new List<byte[]>();
        for (var i = 0; i < count; i++)
            values.Add(await cipher.EncryptAsync(Home, new byte[1], CancellationToken.None));
        return values;
    }
}
