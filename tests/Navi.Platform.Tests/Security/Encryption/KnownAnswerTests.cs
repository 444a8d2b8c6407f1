using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Encryption.KeyFiles;
using Navi.Platform.Security.Encryption.Vault;
using Navi.Platform.Tests.Security.Support;

namespace Navi.Platform.Tests.Security.Encryption;

/// <summary>Values that others computed.</summary>
public sealed class KnownAnswerTests
{
    // Made by an independent implementation (Python's cryptography 48.0.0: AESGCM, aes_key_wrap_with_padding) from the wrapping key 00…1f, the data key 20…3f and the nonce 40…4b.
    private const string Stored =
        "010007413235364b575000056b6e6f776e002892f48c52045c08050ec796a5a91c5ddaf7c61cbdc940adc8d3dc8a144f6161"
        + "a8c5d3299e325f1750404142434445464748494a4b10c5e38076cf948e9c1632948cc59ccda93ad2f63e56a4652145355a";

    // The same data key and value, the data key wrapped by RSAES-OAEP with SHA-256 (both digests, no label) under RsaKey; made by the same other implementation (padding.OAEP).
    private const string StoredByVault =
        "01000c5253412d4f4145502d323536004668747470733a2f2f6f776e2e7661756c742e617a7572652e6e65742f6b6579732f6d61696e2f3030303030303030303030303030303030303030303030303030303030303031010066992f2e3346"
        + "12e7085bc1678634b52897b17e562f2760c0b93538cba949b70c0a7cd49799bac6882c7b4c7862fe8e46aafed990f739c9f5c5d6c128b5d1525d7ab1196fc31405826043d625e6e21febe9d6e095a288e82b58ca6518fea3a4a1c782cbd517"
        + "163a68c02752d1f90cc81104af0279fba2665d9d3043307cca56424e10fbe9143780332d5c2c4600caecebbcf7b837f4c8f9c8d84a6b207a2b5b74d3af9b96c34973acbb86172ae21d9ff4c59bc349781ecf8f5432d0c3f74f30cee09b9afd"
        + "661fa02a2e93a0bc0f3dc98621629aa1a6c28e0c972c2f27eb5dc038d3f252ed0763e654b46b3c218983ff0edc59ad4886b7fe85f2c1958a4d990e91404142434445464748494a4b10c5e38076cf948e9c1632948cc59ccda93ad2f63e56a4"
        + "652145355a";

    // PKCS #8 of a key that protects nothing.
    private const string RsaKey =
        "MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCzBSSXEjq6WIIzP8T8/O2nEq9nslXazoecpCCn2nMsbFNdb9ZvVbodXkUmQYIxtpeq6v2nQ/ltLrPnvtBhmVMcvZCjpv0JqAb82KOnwpzeatDmK0dQ+lfgyWiVNquCF/1Cqyru6iNB91"
        + "By1L7VdnoMK6wzXTjUe/uN6jWVcOsvKTiHiDjyK6cFx7dNDXEmpcDXMHUdY4ijEWTb6qb4/TSF6DL2EXgQy2koffsM3YfCx9nsSA9b7rjgzxWOrEJ7uEhUsjBmaaicFYTi1vRJudJxDA2KLNVDRPMKWjafDBlYHcs95AtfAJU6P/C9NzAygbhgtmmFic4A"
        + "3kerNCQLg9TPAgMBAAECggEADDzNw4X7fcGPJPG3BZREqqccVnpaZBq6KnsNwGuuc9rz1+9NOU8i6d8H2xWfUMaql4R40nZTFqOaqLzigcl5ZP2QZZ+ErKRP1fj5Nv6Wup2SqilLNr3mQ/eArrKOBtac+XG5/ZsDzf6aAT+JzA3NSgeyPdChkeTnzUu1Xg"
        + "HaEd8h5fey6UCmEWkzLxNCEp98GnVc+zT2KepfIL/VfXK8LuvuFHrLHtbSpDUxJQjwDPEo5IZqKxHPS5W0XlFzq7reuH8ofCi2wYWkUsiXNAICBg1UTmRmhKSfhHtsA1NRd9mjCHqLPy/MY0F4PYn8J0f9HsApi6RAN8kOBj5FMQ88AQKBgQD4gJgPGap+"
        + "ZitY4ew2AKPfIhp1MemNI5MMiWgtlBdPnMzxXBHRm9Spcn0/Gg9wzOKbpswuLAHE+zLZgjaENKC2qjZc68ePOriSYrt5MHlwWKdOpMHPpDU0dmYQlS1oPL7aEd7NTgpMCUHsoyqwnBPwya2c+qVmGd8h2uU9rCU1NQKBgQC4a+Ac/cltE8RVt4/LRQEKSD"
        + "O++RRrGuQ6bf9f8w58llttdr+sTnPr4XDirahQOXvEWLk2IYbf7neqcocARG6+RgiR6wWW94MDY/DaYPQnHtScZdW2edp6ZodR/u/KEZfrkLr48FS10R1b7gkzoSne+e65lRNFYs9F2pO7cHz2cwKBgF4KRAEK5HNa9LJ5JKu3CEyrmjmZftmzibVn1m3R"
        + "KhUtsHzyK6gYAZ1yPyV/FjLIxkTDFWevrae+rBqV5U2YoO0fct0tOOLiBPEYvft5tasnUYE4ZkPOz3egCrXhzkIxIsRhmOA21Ty7ECCeCsy08/LeT34leCwwRDmKnc/98kK1AoGAUt3mLiC7SZAAQKPisOuos/4NglpZmmbS9o5Gmc6VS9Yj7uPU7I+z9u"
        + "Gt3604XBP4URms323hNO3qR2R+1NfrCwRdBXQdZuCAth1KNFYsXwezcTMw/HV0fltjoqxzAtE0+lxmJ0WWSrxT/OLQr6pTLiYP5sPdjOgBStoUV70L6ZECgYAlrKxYaPZi//BuRPygCx2k2Yz8iqfRN8bShxngYmI+4tHWAwu1I4OcLRkV5396QSc/2qP2"
        + "V2QYeK4ZstDXSPvYZeWgk9P1AOUzGzP04DV+vXDW1KcKp/BdL3mqobvD+GdXM/1cZHSAIAVmyJ6QaOuTVU4NOcrQCvqe/N0iakpe3A==";

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
    public async Task Decrypt_StoredValueOfAKeyVaultKey_StillOpens()
    {
        const string KeyId = "https://own.vault.azure.net/keys/main/00000000000000000000000000000001";
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(Convert.FromBase64String(RsaKey), out _);
        var options = Options.Create(new EncryptionOptions { KeyId = KeyId });
        using var cipher = new EnvelopeCipher(new WrappingKeys(new VaultKeyResolver(new OneKey(new RsaKeyEncryption(KeyId, rsa)), new FileKeyResolver(options), options), options), options, TimeProvider.System);

        var plain = await cipher.DecryptAsync(new CipherPlace("acme", "navi.things", "row-1", "secret"), Convert.FromHexString(StoredByVault), CancellationToken.None);

        Assert.Equal("known answer", Encoding.UTF8.GetString(plain));
    }

    [Theory]
    [InlineData("A256KWP", "known", "010007413235364b575000056b6e6f776e")]
    [InlineData("RSA-OAEP-256", "k", "01000c5253412d4f4145502d32353600016b")]
    public void Head_OfEveryEnvelopeOfAKey_IsItsBeginning(string algorithm, string keyId, string expected)
    {
        Assert.Equal(expected, Convert.ToHexStringLower(Envelope.HeadOf(algorithm, keyId)));
        Assert.Equal((algorithm, keyId), Envelope.ReadHead(Convert.FromHexString(expected)));
        Assert.Null(Envelope.ReadHead(Convert.FromHexString(expected)[..^1]));
        Assert.Equal(keyId == "known", Stored.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void FileKey_AnotherAlgorithm_IsRefused() =>
        Assert.Throws<CryptographicException>(() => new FileKey("k", new byte[32]).WrapKey("RSA-OAEP-256", new byte[32]));
}
