using System.Security.Cryptography;
using System.Text;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Encryption.KeyFiles;
using Navi.Platform.Tests.Security.Support;

namespace Navi.Platform.Tests.Security.Encryption;

/// <summary>Values that others computed.</summary>
public sealed class KnownAnswerTests
{
    // Made by an independent implementation (Python's cryptography 48.0.0: AESGCM, aes_key_wrap_with_padding) from the wrapping key 00…1f, the data key 20…3f and the nonce 40…4b.
    private const string Stored =
        "010007413235364b575000056b6e6f776e002892f48c52045c08050ec796a5a91c5ddaf7c61cbdc940adc8d3dc8a144f6161"
        + "a8c5d3299e325f1750404142434445464748494a4b10c5e38076cf948e9c1632948cc59ccda93ad2f63e56a4652145355a";

    [Theory]
    // Test cases 13, 14 and 16 of McGrew and Viega, "The Galois/Counter Mode of Operation".
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "000000000000000000000000", "", "", "", "530f8afbc74536b9a963b4f1c4cb738b")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "000000000000000000000000", "00000000000000000000000000000000", "", "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919")]
    [InlineData("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662", "76fc6ece0f4e1768cddf8853bb2d551b")]
    public void Aead_PublishedVectors_SealsAndOpens(string key, string nonce, string plain, string associated, string ciphertext, string tag)
    {
        var made = Aead.Seal(Convert.FromHexString(key), Convert.FromHexString(nonce), Convert.FromHexString(plain), Convert.FromHexString(associated));

        Assert.Equal((ciphertext, tag), (Convert.ToHexStringLower(made.Ciphertext), Convert.ToHexStringLower(made.Tag)));
        Assert.Equal(plain, Convert.ToHexStringLower(Aead.Open(Convert.FromHexString(key), Convert.FromHexString(nonce), made.Ciphertext, made.Tag, Convert.FromHexString(associated))));
    }

    [Theory]
    // RFC 5649, section 6.
    [InlineData("c37b7e6492584340bed12207808941155068f738", "138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a")]
    [InlineData("466f7250617369", "afbeb0f07dfbf5419200f2ccb50bb24f")]
    public void FileKey_PublishedVectors_WrapsAndUnwraps(string key, string wrapped)
    {
        var wrapping = new FileKey("rfc5649", Convert.FromHexString("5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8"));

        Assert.Equal(wrapped, Convert.ToHexStringLower(wrapping.WrapKey(WrapAlgorithms.KeyFile, Convert.FromHexString(key))));
        Assert.Equal(key, Convert.ToHexStringLower(wrapping.UnwrapKey(WrapAlgorithms.KeyFile, Convert.FromHexString(wrapped))));
    }

    [Fact]
    public async Task Decrypt_StoredValueOfVersion1_StillOpens()
    {
        using var keys = new KeyDirectory();
        keys.Add("known", Convert.ToHexString([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
        using var cipher = keys.Cipher("known");

        var plain = await cipher.DecryptAsync(new CipherPlace("acme", "navi.things", "row-1", "secret"), Convert.FromHexString(Stored), CancellationToken.None);

        Assert.Equal("known answer", Encoding.UTF8.GetString(plain));
    }

    [Fact]
    public void FileKey_AnotherAlgorithm_IsRefused() =>
        Assert.Throws<CryptographicException>(() => new FileKey("k", new byte[32]).WrapKey("RSA-OAEP-256", new byte[32]));
}
