using System.Text.RegularExpressions;

namespace Navi.Agent.Models.Replay;

/// <summary>Compares a request with a recorded one. What differs from run to run though the work is the same does not count: ids of tasks and commits, points in time, durations.</summary>
internal static partial class ReplayDifference
{
    private const int Shown = 60;
    private const int Before = 20;

    /// <summary>The first difference in words; null for none.</summary>
    public static string? Find(RecordedTurn recorded, IReadOnlyList<RecordedMessage> messages, IReadOnlyList<string> tools)
    {
        for (var i = 0; i < Math.Min(messages.Count, recorded.Messages.Count); i++)
        {
            var (was, now) = (Steady(recorded.Messages[i]), Steady(messages[i]));
            if (was != now)
                return $"message {i + 1} ({messages[i].Role}): {Pointed(was, now)}";
        }
        if (messages.Count != recorded.Messages.Count)
            return $"it has {messages.Count} messages, recorded were {recorded.Messages.Count}";
        return tools.SequenceEqual(recorded.Tools) ? null
            : $"the tools differ: only asked {Listed(tools.Except(recorded.Tools))}, only recorded {Listed(recorded.Tools.Except(tools))}";
    }

    private static string Steady(RecordedMessage message) => Volatile().Replace(
        $"{message.Role}\n{string.Join('\n', message.Contents.Select(c => $"{c.CallId}|{c.Tool}|{c.Arguments}|{c.Text}"))}", "#");

    private static string Pointed(string was, string now)
    {
        var at = was.Zip(now).TakeWhile(p => p.First == p.Second).Count();
        return $"recorded '{Part(was, at)}', asked '{Part(now, at)}'";
    }

    private static string Part(string text, int at) => text.Substring(Math.Min(text.Length, Math.Max(0, at - Before)), Math.Min(Shown, text.Length - Math.Min(text.Length, Math.Max(0, at - Before)))).Replace('\n', ' ');

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "nothing";

    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b(?=[0-9a-f]*[0-9])[0-9a-f]{7,40}\b|\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?|\b\d+(\.\d+)? ?(ms|s|seconds?|minutes?)\b")]
    private static partial Regex Volatile();
}
