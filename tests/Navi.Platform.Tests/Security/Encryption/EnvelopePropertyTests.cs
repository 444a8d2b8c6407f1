using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Tests.Security.Support;

namespace Navi.Platform.Tests.Security.Encryption;

/// <summary>What holds for every value and every place.</summary>
public sealed class EnvelopePropertyTests : IDisposable
{
    private static readonly CipherPlace Home = new("acme", "navi.things", "row-1", "secret");
    private readonly KeyDirectory keys = new();
    private readonly EnvelopeCipher cipher;

    public EnvelopePropertyTests()
    {
        keys.Add("one");
        cipher = keys.Cipher("one");
    }

    public void Dispose()
    {
        cipher.Dispose();
        keys.Dispose();
    }

    [Property(MaxTest = 100)]
    public async Task Decrypt_AtItsPlace_GivesTheValue(byte[] plain, NonNull<string> organisation, NonNull<string> row)
    {
        var place = new CipherPlace(Unicode(organisation), "navi.things", Unicode(row), "secret");

        Assert.Equal(plain, await cipher.DecryptAsync(place, await cipher.EncryptAsync(place, plain, CancellationToken.None), CancellationToken.None));
    }

    [Property(MaxTest = 300)]
    public async Task Decrypt_AnyFlippedBit_Fails(byte[] plain, NonNegativeInt bit)
    {
        var value = await cipher.EncryptAsync(Home, plain, CancellationToken.None);
        var at = bit.Get % (value.Length * 8);
        value[at / 8] ^= (byte)(1 << (at % 8));

        await Assert.ThrowsAsync<CipherException>(() => cipher.DecryptAsync(Home, value, CancellationToken.None));
    }

    [Fact]
    public async Task Decrypt_EveryByteFlippedInTurn_Fails()
    {
        var value = await cipher.EncryptAsync(Home, new byte[5], CancellationToken.None);
        for (var i = 0; i < value.Length; i++)
        {
            var changed = (byte[])value.Clone();
            changed[i] ^= 0xff;
            await Assert.ThrowsAsync<CipherException>(() => cipher.DecryptAsync(Home, changed, CancellationToken.None));
        }
    }

    [Property(MaxTest = 200)]
    public async Task Decrypt_CutOrLengthened_Fails(byte[] plain, byte[] more, NonNegativeInt length)
    {
        var value = await cipher.EncryptAsync(Home, plain, CancellationToken.None);

        await Assert.ThrowsAsync<CipherException>(() => cipher.DecryptAsync(Home, value[..(length.Get % value.Length)], CancellationToken.None));
        await Assert.ThrowsAsync<CipherException>(() => cipher.DecryptAsync(Home, [.. value, .. more, 0], CancellationToken.None));
    }

    [Property(MaxTest = 200)]
    public FsCheck.Property Decrypt_AtAnyOtherPlace_Fails()
    {
        // The same text, cut into four parts at other points: only where each part ends tells the places apart.
        var pair = from letters in Gen.Elements('a', '\0').ArrayOf(4)
                   from cuts in Gen.Choose(0, 4).ArrayOf(3)
                   from others in Gen.Choose(0, 4).ArrayOf(3)
                   select (Cut(new string(letters), cuts), Cut(new string(letters), others));
        return Prop.ForAll(Arb.From(pair), places =>
        {
            var (from, to) = places;
            var value = cipher.EncryptAsync(from, new byte[] { 1, 2, 3 }, CancellationToken.None).GetAwaiter().GetResult();
            try
            {
                cipher.DecryptAsync(to, value, CancellationToken.None).GetAwaiter().GetResult();
                return from == to;
            }
            catch (CipherException)
            {
                return from != to;
            }
        });
    }

    [Fact]
    public async Task Encrypt_TwiceTheSame_GivesDifferentNonces()
    {
        var (first, second) = (await cipher.EncryptAsync(Home, new byte[8], CancellationToken.None), await cipher.EncryptAsync(Home, new byte[8], CancellationToken.None));

        Assert.True(Envelope.TryParse(first, out var a) && Envelope.TryParse(second, out var b) && !a.Nonce.SequenceEqual(b.Nonce));
    }

    [Fact]
    public async Task Encrypt_PlaceThatIsNotUnicode_IsRefused() =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => cipher.EncryptAsync(new CipherPlace("\ud800", "t", "r", "c"), new byte[1], CancellationToken.None));

    private static CipherPlace Cut(string text, int[] cuts)
    {
        Array.Sort(cuts);
        return new CipherPlace(text[..cuts[0]], text[cuts[0]..cuts[1]], text[cuts[1]..cuts[2]], text[cuts[2]..]);
    }

    // FsCheck's strings hold lone surrogates, which no place may.
    private static string Unicode(NonNull<string> text) => new([.. text.Get.Where(c => !char.IsSurrogate(c))]);
}
