using Navi.Platform.Security.Encryption;
using Navi.Platform.Tests.Security.Support;

namespace Navi.Platform.Tests.Security.Encryption;

public sealed class WrappingKeyRotationTests : IDisposable
{
    private static readonly CipherPlace Home = new("acme", "navi.things", "row-1", "secret");
    private readonly KeyDirectory keys = new();

    public WrappingKeyRotationTests()
    {
        keys.Add("old");
        keys.Add("new");
    }

    public void Dispose() => keys.Dispose();

    [Fact]
    public async Task Decrypt_AfterTheKeyOfNowChanged_StillOpensOldValues()
    {
        var value = await EncryptAsync("old");
        using var cipher = keys.Cipher("new");

        Assert.Equal([7], await cipher.DecryptAsync(Home, value, CancellationToken.None));
    }

    [Fact]
    public async Task Rewrap_OldValue_NeedsTheOldKeyNoMore()
    {
        var value = await EncryptAsync("old");
        using (var cipher = keys.Cipher("new"))
            value = await cipher.RewrapAsync(value, CancellationToken.None);
        File.Delete(keys.File("old"));
        using var later = keys.Cipher("new");

        Assert.Equal([7], await later.DecryptAsync(Home, value!, CancellationToken.None));
        Assert.Null(await later.RewrapAsync(value!, CancellationToken.None));
        await Assert.ThrowsAsync<CipherException>(() => later.DecryptAsync(Home with { Row = "row-2" }, value!, CancellationToken.None));
    }

    [Fact]
    public async Task Decrypt_KeyFileGone_NamesTheFile()
    {
        var value = await EncryptAsync("old");
        File.Delete(keys.File("old"));
        using var cipher = keys.Cipher("new");

        Assert.Contains(keys.File("old"), (await Assert.ThrowsAsync<CipherException>(() => cipher.DecryptAsync(Home, value, CancellationToken.None))).Message);
        await Assert.ThrowsAsync<CipherException>(() => cipher.RewrapAsync(value, CancellationToken.None));
    }

    [Fact]
    public async Task Decrypt_AnotherKeyUnderTheSameName_NamesTheKeyAndThePlace()
    {
        var value = await EncryptAsync("old");
        keys.Add("old");
        using var cipher = keys.Cipher("old");

        var message = (await Assert.ThrowsAsync<CipherException>(() => cipher.DecryptAsync(Home, value, CancellationToken.None))).Message;

        Assert.Contains("'old'", message);
        Assert.Contains("navi.things.secret of 'row-1' (acme)", message);
    }

    private async Task<byte[]> EncryptAsync(string key)
    {
        using var cipher = keys.Cipher(key);
        return await cipher.EncryptAsync(Home, new byte[] { 7 }, CancellationToken.None);
    }
}
