using Navi.Drills.Runbooks;

namespace Navi.Operations.Tests.Runbooks;

/// <summary>How the documents say what a command prints.</summary>
public sealed class ExpectationTests
{
    [Theory]
    [InlineData("a\nb\n", "a\nb")]
    [InlineData("a … c\n", "a   b  c \n")]
    [InlineData("…\nlast\n", "last\n")]
    [InlineData("…\nlast\n", "one\ntwo\nlast\n")]
    [InlineData("first\n…\n", "first\n")]
    [InlineData("{\"status\":\"ready\",…}\n", "{\"status\":\"ready\",\"checks\":{}}")]
    [InlineData("…\n{\"status\":\"ready\",…}\n", "Nothing was running.\n{\"status\":\"ready\",\"checks\":{}}\n")]
    [InlineData("", "\n")]
    public void Fits_AsWritten_IsTrue(string expected, string printed) => Assert.True(Expectation.Fits(expected, printed));

    [Theory]
    [InlineData("a\n", "a\nb\n")]
    [InlineData("a\nb\n", "a\n")]
    [InlineData("a … c\n", "a\nc\n")]
    [InlineData("…\nlast\n", "last\nmore\n")]
    [InlineData("a.c\n", "abc\n")]
    [InlineData("0 …\n", "10 lines\n")]
    [InlineData("", "something\n")]
    public void Fits_Otherwise_IsFalse(string expected, string printed) => Assert.False(Expectation.Fits(expected, printed));

    [Theory]
    [InlineData("…\nID …\n", true)]
    [InlineData("{} => 0 @[…]\n", true)]
    [InlineData("…\n…\n", false)]
    [InlineData("{} => … @[…]\n", false)]
    [InlineData("", false)]
    public void SaysSomething_ByWordsAndDigits_TellsApart(string expected, bool says) => Assert.Equal(says, Expectation.SaysSomething(expected));
}
