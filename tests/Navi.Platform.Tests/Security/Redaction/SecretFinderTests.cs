using Navi.Platform.Security.Redaction;

namespace Navi.Platform.Tests.Security.Redaction;

public sealed class SecretFinderTests
{
    // The parts are joined when the test runs, so that no scanner takes this file for a leak.
    private const string Random = "k3J9sQ2mVx7LpT4wZb8NcR6yHf1GdA5e";

    [Theory]
    [InlineData("AKIA", "IOSF3NN7QH2WPLKD", "", "key of a known issuer")]
    [InlineData("x = 'ghp_", Random, "'", "key of a known issuer")]
    [InlineData("db = postgres://app:", "s3cr4tPw9", "@db.internal/x", "password in a URL")]
    [InlineData("api_key: \"", Random, "\"", "value named as a secret")]
    [InlineData("\"clientSecret\": \"", Random, "\"", "value named as a secret")]
    [InlineData("var password = @\"", Random, "\"", "value named as a secret")]
    [InlineData("x=1\nDB_PASSWORD=", Random, "\ny", "value named as a secret")]
    [InlineData("env:\n  - API_TOKEN: ", Random, "", "value named as a secret")]
    [InlineData("\"private_key\": \"-----BEGIN PRIVATE KEY-----\\n", "MIIEpAIBAAKCAQEAk3J9sQ2mVx7LpT4wZb8NcR6yHf1GdA5e", "\\n-----END PRIVATE KEY-----\"", "private key")]
    [InlineData("AccountKey=", Random + Random + "==", ";Endpoint=x", "value named as a secret")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\n", "MIIEpAIBAAKCAQEAk3J9sQ2mVx7LpT4wZb8NcR6yHf1GdA5e", "\n-----END RSA PRIVATE KEY-----", "private key")]
    public void Find_Secret_IsFoundWhereItStands(string before, string secret, string after, string kind)
    {
        var text = "line\n" + before + secret + after;
        var found = Assert.Single(SecretFinder.Find(text));
        Assert.Equal(kind, found.Kind);
        Assert.Contains(secret, text.Substring(found.Start, found.Length), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password = 'changeme-now-1'")]
    [InlineData("password: \"${DB_PASSWORD_1}\"")]
    [InlineData("token = 'your-token-here-1234'")]
    [InlineData("postgres://user:password@localhost/db")]
    [InlineData("https://example.com/a:b@c")]
    [InlineData("secret = \"aaaaaaaa1aaaaaaaa\"")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----")]
    [InlineData("the token must not be longer than 'twelve characters'")]
    [InlineData("token = read_token_2_from_file")]
    [InlineData("password = new_password_hash1")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("")]
    public void Find_ExampleOrPlaceholder_IsLeftOut(string text) => Assert.Empty(SecretFinder.Find(text));

    [Fact]
    public void Find_LongText_EndsSoon()
    {
        foreach (var text in new[] { string.Concat(Enumerable.Repeat("password='", 50_000)), string.Concat(Enumerable.Repeat("a://", 50_000)), new string('a', 1_000_000), string.Concat(Enumerable.Repeat("-----BEGIN PRIVATE KEY-----", 5_000)) })
            Assert.NotNull(SecretFinder.Find(text));
    }
}
