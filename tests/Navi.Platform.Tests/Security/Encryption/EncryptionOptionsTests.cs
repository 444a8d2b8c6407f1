using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Platform.Hosting;
using Navi.Platform.Security.Encryption;

namespace Navi.Platform.Tests.Security.Encryption;

public sealed class EncryptionOptionsTests
{
    [Theory]
    [InlineData("Production", "", "", "Navi:Encryption:KeyId is missing")]
    [InlineData("Staging", "", "/keys", "Navi:Encryption:KeyId is missing")]
    [InlineData("Production", "main", "", "Navi:Encryption:KeyDirectory is missing")]
    [InlineData("Production", "main", "keys", "Navi:Encryption:KeyDirectory is 'keys'")]
    [InlineData("Production", "../main", "/keys", "Navi:Encryption:KeyId is '../main'")]
    [InlineData("Local", "a b", "", "Navi:Encryption:KeyId is 'a b'")]
    [InlineData("Production", "https://v.vault.azure.net/keys/main", "", "with its version")]
    [InlineData("Production", "https://v.vault.azure.net@evil.example/keys/main/0123456789abcdef0123456789abcdef", "", "with its version")]
    public void Start_WithoutAUsableKeyName_NamesTheSetting(string environment, string keyId, string directory, string said) =>
        Assert.Contains(said, Assert.Throws<OptionsValidationException>(() => Read(environment, keyId, directory)).Message);

    [Theory]
    [InlineData("Production", "main", "/keys", "main", "/keys")]
    [InlineData("Production", "https://v.vault.azure.net/keys/main/0123456789abcdef0123456789abcdef", "", "https://v.vault.azure.net/keys/main/0123456789abcdef0123456789abcdef", "")]
    [InlineData("Local", "", "", "local", "/home/keys")]
    [InlineData("Local", "second", "", "second", "/home/keys")]
    public void Start_WithAKeyName_KnowsKeyAndDirectory(string environment, string keyId, string directory, string key, string place)
    {
        var options = Read(environment, keyId, directory);

        Assert.Equal((key, place), (options.KeyId, options.KeyDirectory));
    }

    private static EncryptionOptions Read(string environment, string keyId, string directory)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Navi:Environment"] = environment, ["Navi:Home"] = "/home", ["Navi:Encryption:KeyId"] = keyId, ["Navi:Encryption:KeyDirectory"] = directory,
        }).Build();
        using var services = new ServiceCollection().AddLogging().AddPlatform(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<EncryptionOptions>>().Value;
    }
}
