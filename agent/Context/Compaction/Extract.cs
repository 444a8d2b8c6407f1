using System.Globalization;
using Navi.Agent.Context.Rows;
using Navi.Agent.Context.Tokens;
using Navi.Agent.Tools;

namespace Navi.Agent.Context.Compaction;

/// <summary>A narrative without a model: one line for each call and each thing said, the newest as far as they fit.</summary>
internal static class Extract
{
    private const int Said = 300;

    public static string Of(ContextRows rows, int to, TokenCounter counter, int most)
    {
        var lines = new List<string>();
        var left = most;
        var leftOut = 0;
        foreach (var spoken in rows.Turns.Where(t => t.Turn <= to).Reverse())
        {
            var turn = rows.ByTurn[spoken.Turn].Select(Line).ToList();
            if (spoken.Text.Length > 0)
                turn.Insert(0, $"turn {spoken.Turn} said: {BoundedText.Cut(spoken.Text.ReplaceLineEndings(" "), Said)}");
            var cost = turn.Sum(l => counter.Count(l) + 1);
            if (leftOut > 0 || cost > left)
                leftOut++;
            else
            {
                left -= cost;
                lines.InsertRange(0, turn);
            }
        }
        return string.Join('\n', leftOut > 0 ? [string.Create(CultureInfo.InvariantCulture, $"({leftOut} earlier turns are not listed.)"), .. lines] : lines);
    }

    private static string Line(MadeCall call)
    {
        var outcome = call.IsError == true ? $"error: {BoundedText.Brief(call.Result.Content)}" : call.Body is null ? call.Status : $"{call.Result.Content.Length} characters: {BoundedText.Brief(call.Result.Content)}";
        return $"{call.CallId} {call.Tool} {BoundedText.Brief(call.Arguments)} → {outcome}";
    }
}
