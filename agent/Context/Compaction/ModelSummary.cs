using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Navi.Agent.Context.Rows;
using Navi.Agent.Context.Tokens;
using Navi.Agent.Models.Calls;
using Navi.Agent.Models.Routing;
using Navi.Agent.Tools;
using Navi.Platform.Tasks;

namespace Navi.Agent.Context.Compaction;

/// <summary>Asks the task's model for the narrative of a summary, through the same client as its turns.</summary>
internal sealed class ModelSummary(ModelRouter models, TokenCounter counter, IOptions<ContextOptions> options)
{
    private const int ResultLimit = 1_200;
    private const int WordLimit = 4_000;

    // A character is at least this part of a token in the texts that are sent; the transcript stays in half of the window.
    private const double CharactersPerToken = 2.5;

    /// <summary>The narrative; null when the model gave none that can be used.</summary>
    public async Task<string?> AskAsync(TaskRow task, int turn, ContextRows rows, int to, int window, CancellationToken cancellation)
    {
        var most = options.Value.SummaryTokens;
        var ask = ModelCall.Of(task, turn, ModelPhase.Compaction).PutInto(new ChatOptions { MaxOutputTokens = 2 * most });
        var transcript = BoundedText.Cut(Transcript(rows, to), (int)Math.Min(int.MaxValue, window / 2 * CharactersPerToken));
        try
        {
            var answer = await models.ClientFor(task).GetResponseAsync(
                [new(ChatRole.System, Instructions.Summarise), new(ChatRole.User, $"The task:\n{BoundedText.Cut(rows.WordsAt(Math.Max(0, rows.Summarised)) ?? task.Prompt, WordLimit)}\n\nThe transcript, at most {most} tokens of summary:\n{transcript}")], ask, cancellation);
            var text = answer.Text.Replace('\0', '\uFFFD').Trim();
            return text.Length == 0 || answer.FinishReason == ChatFinishReason.Length || counter.Count(text) > most ? null : text;
        }
        catch (ModelCallException)
        {
            // A summary is no reason to end a task: its attempts are on record, and the extract does as well.
            return null;
        }
    }

    private static string Transcript(ContextRows rows, int to)
    {
        var text = new StringBuilder();
        if (rows.Compaction is { } earlier)
            text.Append("Earlier summary:\n").Append(earlier.Summary).Append("\n\n");
        foreach (var spoken in rows.Turns.Where(t => t.Turn > rows.Summarised && t.Turn <= to))
        {
            if (rows.Words.FirstOrDefault(w => w.Turn == spoken.Turn && w.Turn > 0) is { } words)
                text.Append("From here on the task is:\n").Append(BoundedText.Cut(words.Text, WordLimit)).Append('\n');
            text.Append("Turn ").Append(spoken.Turn).Append(": ").Append(spoken.Text).Append('\n');
            foreach (var call in rows.ByTurn[spoken.Turn])
                text.Append(call.CallId).Append(' ').Append(call.Tool).Append(' ').Append(BoundedText.Cut(call.Arguments, ResultLimit)).Append('\n')
                    .Append("→ ").Append(BoundedText.Cut(call.Result.Content, ResultLimit)).Append('\n');
        }
        return text.ToString();
    }
}
