using System.Security.Cryptography;
using System.Text;
using Navi.Testing;

namespace Navi.EndToEnd.Tests.Serving;

/// <summary>Each fault of a production's settings stops a real <c>navi serve</c> with a message that names the option; without it the same settings serve (<see cref="ServeTests"/>).</summary>
public sealed class ServeRefusalTests
{
    [Theory]
    [InlineData("Navi__Environment", "", "Navi:Environment is missing")]
    [InlineData("Navi__Environment", "Prod", "Navi:Environment must be Local, Staging or Production")]
    [InlineData("Navi__Home", "", "Navi:Home is missing")]
    [InlineData("Navi__Database__ConnectionString", "", "Navi:Database:ConnectionString is missing")]
    [InlineData("Navi__Database__ConnectionString", "Host=db.example.com;Username=navi;Password=Zx8kq2", "goes to 'db.example.com' with SSL Mode=Prefer")]
    [InlineData("Navi__Database__ConnectionString", "Host=127.0.0.1;Username=navi;Password=Zx8kq2;SSL Mode=Require", "goes to '127.0.0.1' with SSL Mode=Require")]
    [InlineData("Navi__Database__ConnectionString", "Host=/run/pg;Username=navi;Password=change-me", "Password that stands in an example")]
    [InlineData("Navi__Database__ConnectionString", "Host=127.0.0.1;Port=1;Username=x;Password=Zx8kq2;SSL Mode=VerifyFull;Timeout=2", "The database can't be reached")]
    [InlineData("Navi__Database__PoolSize", "many", "Navi:Database:PoolSize")]
    [InlineData("Navi__Encryption__KeyId", "", "Navi:Encryption:KeyId is missing")]
    [InlineData("Navi__Encryption__KeyId", "gone", "There is no key file")]
    [InlineData("Navi__Identity__LocalToken", "replace-with-at-least-32-random-characters", "Navi:Identity:LocalToken is only for the Local environment, this is Production")]
    [InlineData("Navi__Identity__Issuers__0__Authority", "http://login.example.com", "Navi:Identity:Issuers:0:Authority is 'http://login.example.com'; it must be an https URL")]
    [InlineData("Navi__Issuer__PublicUrl", "http://navi.example.com", "Navi:Issuer:PublicUrl is 'http://navi.example.com'; it must be https")]
    [InlineData("Navi__Serve__Urls", "https://127.0.0.1:0", "needs Navi:Serve:Certificate")]
    [InlineData("Navi__Serve__Urls", "0.0.0.0:8080", "Navi:Serve:Urls has '0.0.0.0:8080'")]
    [InlineData("Navi__Serve__CertificateKey", "/etc/navi/tls.key", "Navi:Serve:Certificate is missing")]
    [InlineData("Navi__Serve__DrainSeconds", "3", "Navi:Serve:DrainSeconds must be from 7 to 3600")]
    [InlineData("Navi__Serve__DurableRetentionDays", "-1", "Navi:Serve:DurableRetentionDays must be from 0 to 36500")]
    public async Task Serve_OneSettingIsWrong_NamesItAndExitsWithFour(string variable, string value, string said)
    {
        await using var deployment = await Deployment.CreateAsync();
        deployment.Environment[variable] = value;

        await RefusesAsync(deployment, said);
    }

    [Fact]
    public async Task Serve_TokenOfTheSample_IsRefused()
    {
        await using var deployment = await Deployment.CreateAsync();
        deployment.Environment["Navi__Identity__Tokens__0__Sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("replace-with-at-least-32-random-characters")));

        await RefusesAsync(deployment, "Navi:Identity:Tokens:0:Sha256 is the digest of a token that stands in an example");
    }

    [Fact]
    public async Task Serve_KeyOfATestVector_IsRefused()
    {
        await using var deployment = await Deployment.CreateAsync();
        deployment.WriteKey("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

        await RefusesAsync(deployment, "Navi:Encryption:KeyId is 'main', whose file holds a key that is published");
    }

    [Fact]
    public async Task Serve_AsSuperuser_IsRefusedBeforeAnythingIsMade()
    {
        await using var deployment = await Deployment.CreateAsync(await TestDatabase.CreateAsync());

        await RefusesAsync(deployment, "Navi:Database:ConnectionString signs in as 'navi', which is a superuser");
        Assert.Equal(true, await deployment.Database.ScalarAsync("SELECT to_regnamespace('navi') IS NULL"));
    }

    [Fact]
    public async Task Serve_AsARoleAboveRowLevelSecurity_IsRefused()
    {
        await using var deployment = await Deployment.CreateAsync(await TestDatabase.CreateDeployedAsync("NOSUPERUSER BYPASSRLS CREATEROLE"));

        await RefusesAsync(deployment, $"signs in as '{deployment.Database.Login}', which bypasses row-level security");
    }

    private static async Task RefusesAsync(Deployment deployment, string said)
    {
        var serve = deployment.Start("serve");
        Assert.Equal(4, await serve.ExitCodeAsync());
        Assert.Contains(said, serve.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Zx8kq2", serve.Error + serve.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", serve.Error, StringComparison.Ordinal);
    }
}
