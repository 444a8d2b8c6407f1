using Microsoft.Extensions.Options;
using Navi.Platform.Hosting;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Encryption.KeyFiles;
using Navi.Platform.Tests.Security.Support;

namespace Navi.Platform.Tests.Security.Encryption;

public sealed class KeyFileTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly KeyDirectory keys = new();

    public void Dispose() => keys.Dispose();

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void Read_FileThatOthersMayUse_IsRefusedWithItsMode(UnixFileMode more)
    {
        keys.Add("k", mode: Owner | more);

        var message = Assert.Throws<EncryptionKeyException>(() => KeyFile.Read(keys.Path, "k")).Message;

        Assert.Contains(Convert.ToString((int)(Owner | more), 8), message);
        Assert.Contains("600", message);
    }

    [Theory]
    [InlineData(Owner)]
    [InlineData(UnixFileMode.UserRead)]
    public void Read_OwnersFile_GivesTheKey(UnixFileMode mode)
    {
        keys.Add("k", mode: mode);

        Assert.Equal(KeyFile.KeyBytes, KeyFile.Read(keys.Path, "k").Length);
    }

    [Theory]
    [InlineData("", "64 hexadecimal digits")]
    [InlineData("correct horse battery staple", "64 hexadecimal digits")]
    [InlineData("00112233445566778899aabbccddeeff", "64 hexadecimal digits")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000000", "64 hexadecimal digits")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "random")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "random")]
    public void Read_MalformedOrWeak_SaysWhatItMustHold(string text, string said)
    {
        keys.Add("k", text);

        Assert.Contains(said, Assert.Throws<EncryptionKeyException>(() => KeyFile.Read(keys.Path, "k")).Message);
    }

    [Fact]
    public void Read_Missing_NamesFileAndSettings()
    {
        var message = Assert.Throws<EncryptionKeyException>(() => KeyFile.Read(keys.Path, "k")).Message;

        Assert.Contains(keys.File("k"), message);
        Assert.Contains("Navi:Encryption:KeyDirectory", message);
    }

    [Theory]
    [InlineData("../k")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("")]
    [InlineData("k\n")]
    [InlineData("/etc/passwd")]
    public void Resolve_NameThatLeavesTheDirectory_IsRefused(string name) =>
        Assert.Throws<EncryptionKeyException>(() => new FileKeyResolver(Options.Create(keys.Options("k"))).Resolve(name));

    [Fact]
    public async Task Ensure_ManyAtOnce_MakesOneFileForItsOwnerAlone()
    {
        var found = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
        {
            Local("Local", LocalKeyFile.Name).Ensure();
            return Convert.ToHexString(KeyFile.Read(keys.Path, LocalKeyFile.Name));
        })));

        Assert.Single(found.Distinct());
        Assert.Equal(Owner, File.GetUnixFileMode(keys.File(LocalKeyFile.Name)));
    }

    [Theory]
    [InlineData("Production", "local")]
    [InlineData("Staging", "local")]
    [InlineData("Local", "named")]
    public void Ensure_OutsideLocalOrWithANamedKey_MakesNothing(string environment, string keyId)
    {
        Local(environment, keyId).Ensure();

        Assert.Empty(Directory.GetFiles(keys.Path));
    }

    private LocalKeyFile Local(string environment, string keyId) =>
        new(Options.Create(new NaviOptions { Environment = environment, Home = "/" }), Options.Create(keys.Options(keyId)));

    [Fact]
    public void Make_NewName_IsAKeyForItsOwnerAloneAndUnlikeAnyOther()
    {
        var path = NewKeyFile.Make(keys.Path, "2026-11");
        NewKeyFile.Make(keys.Path, "2026-12");

        Assert.Equal(keys.File("2026-11"), path);
        Assert.Equal(Owner, File.GetUnixFileMode(path));
        Assert.NotEqual(KeyFile.Read(keys.Path, "2026-11"), KeyFile.Read(keys.Path, "2026-12"));
        Assert.Equal(["2026-11", "2026-12"], Directory.GetFiles(keys.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Make_NameThatIsTaken_ReplacesNothing()
    {
        keys.Add("k");
        var before = File.ReadAllText(keys.File("k"));

        Assert.Contains("never replaced", Assert.Throws<EncryptionKeyException>(() => NewKeyFile.Make(keys.Path, "k")).Message);
        Assert.Equal(before, File.ReadAllText(keys.File("k")));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData(".hidden")]
    [InlineData("")]
    public void Make_NameThatLeavesTheDirectory_IsRefused(string name) =>
        Assert.Contains("can't name a key file", Assert.Throws<EncryptionKeyException>(() => NewKeyFile.Make(keys.Path, name)).Message);

    [Fact]
    public void Make_DirectoryMissing_SaysSoAndMakesNone()
    {
        var missing = Path.Combine(keys.Path, "missing");

        Assert.Contains(missing, Assert.Throws<EncryptionKeyException>(() => NewKeyFile.Make(missing, "k")).Message);
        Assert.False(Directory.Exists(missing));
    }
}
