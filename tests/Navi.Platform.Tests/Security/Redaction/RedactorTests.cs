using Navi.Platform.Security.Redaction;

namespace Navi.Platform.Tests.Security.Redaction;

public sealed class RedactorTests
{
    [Theory]
    [InlineData("Host=db;Username=navi;Password=hunter2;Database=navi", "Host=db;Username=navi;Password=[redacted];Database=navi")]
    [InlineData("clone https://ada:hunter2@git.example.com/x.git failed", "clone https://[redacted]@git.example.com/x.git failed")]
    [InlineData("{\"password\":\"hunter2\",\"n\":1}", "{\"password\":\"[redacted]\",\"n\":1}")]
    [InlineData("{\"password\":4711,\"n\":1}", "{\"password\":\"[redacted]\",\"n\":1}")]
    [InlineData("{\"m\":\"{\\\"secret\\\":\\\"a\\\\\\\"b\\\",\\\"n\\\":1}\"}", "{\"m\":\"{\\\"secret\\\":\\\"[redacted]\\\",\\\"n\\\":1}\"}")]
    [InlineData("401 for Bearer abcd1234efgh", "401 for Bearer [redacted]")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE is off", "key [redacted] is off")]
    [InlineData("run --token abc --verbose", "run --token [redacted] --verbose")]
    [InlineData("", "")]
    public void Clean_Text_KeepsWhatIsNoSecret(string text, string cleaned) => Assert.Equal(cleaned, Redactor.Clean(text));

    [Theory]
    [InlineData("no repository at /home/ada/calc: denied", "no repository at ~/calc: denied")]
    [InlineData("/Users/ada/x and C:\\Users\\ada\\x and /root/x", "~/x and ~\\x and ~/x")]
    [InlineData("src/home/page.cs stays, so does /rooted", "src/home/page.cs stays, so does /rooted")]
    [InlineData("ask ada.lovelace@example.com about it", "ask …@example.com about it")]
    [InlineData("a @ b, x@y, @decorator", "a @ b, x@y, @decorator")]
    public void Reduce_WhatNamesAPerson_IsTakenOut(string text, string reduced) => Assert.Equal(reduced, Redactor.Reduce(text));

    [Fact]
    public void Clean_LongHostileTexts_End()
    {
        string[] pieces = ["eyJ", "sk-", "password=", "password=a ", "token: ", "://", "://a:", "-----BEGIN PRIVATE KEY", "\"secret\":\\", "\\\"secret\\\":\\\"", "Bearer ", "a@", "SG.", "cookie:\"", "cookie:=\"", "key=';"];

        Assert.All(pieces, piece => Assert.NotNull(Redactor.Reduce(string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length)))));
    }
}
