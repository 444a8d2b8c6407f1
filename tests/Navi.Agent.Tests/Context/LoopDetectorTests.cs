using Navi.Agent.Context.Loops;
using Navi.Platform.Telemetry.Errors;

namespace Navi.Agent.Tests.Context;

public sealed class LoopDetectorTests
{
    // A letter is a turn: small ones succeed, capital ones fail; the same letter is the same call with the same outcome, and a digit makes other arguments.
    [Theory]
    [InlineData("a", "None")]
    [InlineData("a a", "Warn")]
    [InlineData("a a a", "Force")]
    [InlineData("a a a a", "Force")]
    [InlineData("a a a a a", "Stop")]
    [InlineData("a b a", "None")]
    [InlineData("a b a b", "Warn")]
    [InlineData("a b a b a b", "Force")]
    [InlineData("a b a b a b a b a b", "Stop")]
    [InlineData("a b c a b c", "Warn")]
    [InlineData("a a a a b", "None")]
    [InlineData("a1 a2 a3 a4 a5", "None")]
    [InlineData("A1", "None")]
    [InlineData("A1 A2", "Warn")]
    [InlineData("A1 b1 A2 b2 A3", "Force")]
    [InlineData("A1 b1 A2 b2 A3 b3 A4 b4 A5", "Stop")]
    [InlineData("A1 A2 a1 A3", "None")]
    [InlineData("A1 B1 C1 D1 E1", "None")]
    [InlineData("A1+A2+A3+A4+A5", "None")]
    public void Observe_Turns_GivesTheLevel(string turns, string level)
    {
        var detector = new LoopDetector();
        var finding = new LoopFinding(LoopLevel.None, 0, "", []);

        foreach (var (turn, calls) in turns.Split(' ').Index())
            finding = detector.Observe([.. calls.Split('+').Select(c => Call(turn, c))]);

        Assert.Equal(level, finding.Level.ToString());
    }

    [Fact]
    public void Words_Force_ListsWhatFailed()
    {
        var detector = new LoopDetector();
        LoopFinding finding = null!;
        foreach (var (turn, call) in new[] { "A1", "A2", "A3" }.Index())
            finding = detector.Observe([Call(turn, call)]);

        Assert.Contains("another approach", finding.Words(), StringComparison.Ordinal);
        Assert.All(new[] { "1", "2", "3" }, n => Assert.Contains($"- tool_a {{\"n\":\"{n}\"}}: a is broken", finding.Words(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("failed after 1.23 s at 2026-01-02T03:04:05Z in /tmp/abc/x.py:12", "failed after 4 s at 2027-01-02T03:04:05Z in /tmp/def/x.py:99", true)]
    [InlineData("object 0x7fff12 of 0123456789abcdef", "object 0x7fff99 of fedcba9876543210", true)]
    [InlineData("5 failed, 2 passed", "2 failed, 5 passed", false)]
    [InlineData("no file a.txt", "no file b.txt", false)]
    public void Of_TwoErrors_AreTheSameOrNot(string one, string other, bool same) => Assert.Equal(same, ErrorSignature.Of(one) == ErrorSignature.Of(other));

    private static ObservedCall Call(int turn, string name)
    {
        var tool = char.ToLowerInvariant(name[0]);
        return new ObservedCall(turn, $"tool_{tool}", $"{{\"n\":\"{name[1..]}\"}}", $"digest-{name}", char.IsUpper(name[0]) ? $"{tool} is broken" : null);
    }
}
