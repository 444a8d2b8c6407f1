using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Navi.Platform.Hosting.Startup;
using Navi.Testing;
using Npgsql;

namespace Navi.Platform.Tests.Hosting.Startup;

public sealed class SampleValuesTests
{
    [Fact]
    public void Sample_OfLocalSettings_IsKnown()
    {
        var values = JsonNode.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "local.settings.sample.json")))!["Values"]!;
        var token = values["Navi__Identity__LocalToken"]!.ToString();

        Assert.True(SampleValues.IsSample(new NpgsqlConnectionStringBuilder(values["Navi__Database__ConnectionString"]!.ToString()).Password));
        Assert.True(SampleValues.IsSample(token));
        Assert.True(SampleValues.IsSampleDigest(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)))));
    }

    [Fact]
    public void Random_IsNoSample()
    {
        var random = RandomNumberGenerator.GetBytes(32);
        Assert.False(SampleValues.IsSample(Convert.ToHexString(random)));
        Assert.False(SampleValues.IsSampleDigest(Convert.ToHexString(SHA256.HashData(random))));
        Assert.False(SampleValues.IsSampleKey(random));
        Assert.False(SampleValues.IsSample(""));
    }

    [Theory]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    [InlineData("603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4")]
    public void Key_OfATestVector_IsKnown(string key) => Assert.True(SampleValues.IsSampleKey(Convert.FromHexString(key)));
}
