using Navi.Cli.GoLive.Release;

namespace Navi.EndToEnd.Tests.GoLive;

public sealed class PromTextTests
{
    [Theory]
    [InlineData("sum by (le) (rate(a[5m]))\n  > 1", "sum by(le) (rate(a[5m])) > 1")]
    [InlineData("a{x=\"1\", le=~\"5(\\\\.0)?\"}", "a{le=~\"5(\\\\.0)?\",x=\"1\"}")]
    [InlineData("a # one\n> 1", "a > 1")]
    [InlineData("a{x=\"1\",}", "a{x=\"1\"}")]
    public void Bare_SameQueryLaidOutOtherwise_IsTheSame(string one, string other) => Assert.Equal(PromText.Bare(one), PromText.Bare(other));

    [Theory]
    [InlineData("a > 1", "a > 2")]
    [InlineData("a{x=\"1 2\"}", "a{x=\"12\"}")]
    [InlineData("a{x=\"#1\"}", "a{x=\"#2\"}")]
    [InlineData("a{x=\"1\"}", "a{x!=\"1\"}")]
    [InlineData("a{x=\"}, y\"}", "a{x=\"},y\"}")]
    [InlineData("a / b", "b / a")]
    public void Bare_AnotherQuery_IsAnother(string one, string other) => Assert.NotEqual(PromText.Bare(one), PromText.Bare(other));

    [Theory]
    [InlineData("2m", 120)]
    [InlineData("1h30m", 5400)]
    [InlineData("1d", 86400)]
    [InlineData("1w", 604800)]
    [InlineData("1500ms", 1.5)]
    public void Duration_OfARule_IsRead(string text, double seconds) => Assert.Equal(seconds, PromText.Duration(text).TotalSeconds);

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("m2")]
    [InlineData("2m x")]
    public void Duration_NoDuration_IsSaid(string text) => Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => PromText.Duration(text)).Message, StringComparison.Ordinal);
}
