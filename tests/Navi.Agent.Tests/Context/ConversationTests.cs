using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.AI;
using Navi.Agent.Context;
using Navi.Agent.Context.Compaction;
using Navi.Agent.Context.Loops;
using Navi.Agent.Context.Rows;
using Navi.Agent.Context.Tokens;
using Navi.Agent.Effects;
using Navi.Agent.Tests.Support;
using Navi.Agent.Tools;
using Navi.Platform.Json;

namespace Navi.Agent.Tests.Context;

public sealed class ConversationTests : IDisposable
{
    private static readonly TokenCounter Counter = new();
    private readonly AgentHands hands = new();

    [Property(MaxTest = 60)]
    public Property Turns_SameRows_GiveTheSameBytesAndBeginAlike() => Prop.ForAll(Histories.ToArbitrary(), rows =>
    {
        var count = rows.Turns.Count;

        Assert.Equal(Digest(rows, count), Digest(rows, count));
        // Within an epoch a later turn's prompt begins with the earlier one's.
        var (now, later) = (Messages(rows, count - count % 10 + 1), Messages(rows, count - count % 10 + 2));
        Assert.Equal(Shown(now), Shown(later).Take(now.Count));
    });

    [Property(MaxTest = 60)]
    public Property Facts_AnyHistory_KeepEveryDecision() => Prop.ForAll(Histories.ToArbitrary(), rows =>
    {
        var to = rows.Turns.Count / 2;
        var facts = PastFacts.Of(rows, to, null);
        Assert.All(rows.Decisions.Where(d => d.Turn <= to), d => Assert.Contains($"{d.CallId} {d.Title}: {d.Status} by {d.DecidedBy}: {d.Reason}", facts, StringComparison.Ordinal));
        Assert.InRange(Counter.Count(Extract.Of(rows, to, Counter, 300)), 0, 330);
    });

    [Fact]
    public void Result_Long_SaysWhatIsLeftOutAndHowToReadIt()
    {
        var rows = Rows([Call(0, "read_file", "{\"path\":\"a\"}", new string('x', 20_000) + "END")]);

        var text = Shown(Messages(rows, 1))[^1];

        Assert.Contains("4003 of 20003 characters left out: read_result with call_id \"0-0\" and offset 8000", text, StringComparison.Ordinal);
        Assert.EndsWith("END", text.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Result_OfAFileReadAgain_ShrinksAtTheNextEpochAlone()
    {
        var rows = Rows([.. Enumerable.Range(0, 12).Select(t => Call(t, "read_file", t is 2 or 5 ? "{\"path\":\"a\"}" : $"{{\"path\":\"f{t}\"}}", new string('x', 5_000)))]);

        Assert.DoesNotContain(Shown(Messages(rows, 9)), m => m.Contains("newer state", StringComparison.Ordinal));
        var shown = Assert.Single(Shown(Messages(rows, 11)), m => m.Contains("newer state", StringComparison.Ordinal));
        Assert.Contains("call_id \"2-0\"", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Count_SameTextTwice_IsCountedOnce()
    {
        var counter = new TokenCounter();
        var text = string.Join(' ', Enumerable.Range(0, 1_000));

        Assert.Equal(counter.Count(text), counter.Count(string.Concat(text)));
        Assert.Equal(1, counter.Counted);
    }

    [Theory]
    [InlineData(1.25, null, null, 1.25)]
    [InlineData(1.25, 1000, 1100L, 1.1)]
    [InlineData(1.25, 1000, 10L, 0.9)]
    [InlineData(1.0, 1000, 90_000L, 2.0)]
    public void Scale_Reported_CalibratesWithinBounds(double declared, int? estimated, long? reported, double expected) => Assert.Equal(expected, TokenScale.Of(declared, estimated, reported), 6);

    public void Dispose() => hands.Dispose();

    private string Digest(ContextRows rows, int turn) => new Prompt(Messages(rows, turn), [], 0, null, null).Digest();

    private List<ChatMessage> Messages(ContextRows rows, int turn)
    {
        var before = rows with { Turns = [.. rows.Turns.Where(t => t.Turn < turn)], Calls = [.. rows.Calls.Where(c => c.Turn < turn)] };
        var builder = new ConversationBuilder(hands.Get<ToolRegistry>(), 96_000, plain: false);
        var detector = new LoopDetector();
        var findings = before.Turns.Select(t => detector.Observe([.. before.ByTurn[t.Turn].Select(c => new ObservedCall(c.Turn, c.Tool, c.Arguments, c.ResultDigest!, c.IsError == true ? c.Result.Content : null))])).ToList();
        return [.. ConversationBuilder.Beginning("the task", before), .. builder.Turns(before, turn, findings).SelectMany(t => t.Messages)];
    }

    private static List<string> Shown(IEnumerable<ChatMessage> messages) =>
        [.. messages.Select(m => $"{m.Role} {string.Concat(m.Contents.Select(c => c is FunctionResultContent r ? $"{r.CallId} {r.Result}" : c is FunctionCallContent f ? $"{f.CallId} {f.Name}" : c.ToString()))}")];

    private static ContextRows Rows(IReadOnlyList<MadeCall> calls, IReadOnlyList<HumanDecision>? decisions = null) =>
        new([.. calls.Select(c => c.Turn).Distinct().Select(t => new SpokenTurn { Turn = t, Text = $"turn {t}" })], calls, decisions ?? [], null);

    private static MadeCall Call(int turn, string tool, string arguments, string content, bool error = false, int index = 0) => new()
    {
        Turn = turn, CallId = $"{turn}-{index}", Tool = tool, Arguments = arguments, Status = "done", IsError = error, ResultDigest = $"{content.GetHashCode(StringComparison.Ordinal)}",
        Body = Encoding.UTF8.GetBytes(NaviJson.Write(new StoredResult(content, error, null))),
    };

    private static Gen<ContextRows> Histories =>
        from turns in Gen.Choose(1, 40)
        from kinds in Gen.Choose(0, 5).ListOf(turns)
        from sizes in Gen.Choose(0, 6_000).ListOf(turns)
        from decided in Gen.Elements("approved", "rejected", "answered").ListOf(turns)
        select Rows(
            [.. kinds.Select((k, t) => Call(t, k < 3 ? "read_file" : k < 5 ? "edit_file" : "run_tests", $"{{\"path\":\"f{k}\"}}", new string((char)('a' + k), sizes.ElementAt(t)) + t, error: k == 4))],
            [.. kinds.Index().Where(k => k.Item == 3).Select(k => new HumanDecision
            {
                Turn = k.Index, CallId = $"{k.Index}-0", Title = $"Run step {k.Index}", Status = decided.ElementAt(k.Index), DecidedBy = "ada", Reason = $"because {k.Index}",
            })]);
}
