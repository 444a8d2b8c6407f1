using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Platform.Hosting;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.SigningKeys;
using Navi.Platform.Tests.Security.Support;
using Navi.Testing;
using Npgsql;

namespace Navi.Platform.Tests.Security;

/// <summary>What a process says of its keys before it serves.</summary>
public sealed class PreparationTests : IAsyncLifetime
{
    private readonly KeyDirectory keys = new();
    private readonly string home = Directory.CreateTempSubdirectory("navi-home-").FullName;
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateDeployedAsync();

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        keys.Dispose();
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task Prepare_LocalWithoutAKey_MakesItOnceAndKeepsIt()
    {
        var versions = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => PrepareAsync("Local", null, null))));

        Assert.Single(versions.Distinct());
        Assert.Equal(versions[0], await PrepareAsync("Local", null, null));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(home, "keys", "local")));
    }

    [Fact]
    public async Task Prepare_ProductionWithoutAKey_NamesTheSetting() =>
        Assert.Contains("Navi:Encryption:KeyId is missing", (await Assert.ThrowsAsync<OptionsValidationException>(() => PrepareAsync("Production", null, null))).Message);

    [Fact]
    public async Task Prepare_KeyFileMissing_ChangesNothingInTheDatabase()
    {
        var message = (await Assert.ThrowsAsync<EncryptionKeyException>(() => PrepareAsync("Production", "main", keys.Path))).Message;

        Assert.Contains(keys.File("main"), message);
        Assert.Empty(Directory.GetFiles(keys.Path));
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("SELECT to_regnamespace('navi') IS NULL", connection);
        Assert.Equal(true, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Prepare_WithAnotherKeyThanTheDatabases_SaysSo()
    {
        keys.Add("main");
        await PrepareAsync("Production", "main", keys.Path);
        keys.Add("main");

        Assert.Contains("the key 'main'", (await Assert.ThrowsAsync<CipherException>(() => PrepareAsync("Production", "main", keys.Path))).Message);
    }

    [Fact]
    public async Task Prepare_KeyVaultKeyInTheBuildWithoutIt_SaysSo()
    {
        var message = (await Assert.ThrowsAsync<EncryptionKeyException>(() => PrepareAsync("Production", "https://v.vault.azure.net/keys/main/0123456789abcdef0123456789abcdef", null))).Message;

        Assert.Contains("Key Vault", message);
    }

    private async Task<string> PrepareAsync(string environment, string? keyId, string? directory)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Navi:Environment"] = environment, ["Navi:Home"] = home, ["Navi:Database:ConnectionString"] = database.ConnectionString,
            ["Navi:Encryption:KeyId"] = keyId, ["Navi:Encryption:KeyDirectory"] = directory,
        }).Build();
        await using var services = new ServiceCollection().AddLogging().AddPlatform(configuration).BuildServiceProvider();
        await PlatformPreparation.RunAsync(services, CancellationToken.None);
        return services.GetRequiredService<SigningKeyRing>().Current!.Version;
    }
}
