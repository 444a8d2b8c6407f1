using System.Text;
using Microsoft.Extensions.Options;
using Navi.Agent.Context.Loops;
using Navi.Agent.Context.Rows;
using Navi.Agent.Context.Tokens;
using Navi.Platform.Contents;
using Navi.Platform.Tasks;

namespace Navi.Agent.Context.Compaction;

/// <summary>
/// Replaces the older turns of a conversation by a summary: facts that NAVI takes from the rows, and a narrative that the model writes or NAVI extracts. The summary is a row before any turn is asked with it,
/// so a repeated turn uses the one that is there, and the model is paid for it once.
/// </summary>
internal sealed class Compactor(ContextStore store, ModelSummary summary, TokenCounter counter, IOptions<ContextOptions> options)
{
    /// <summary>Makes the summary of all turns up to <paramref name="to"/> and keeps it.</summary>
    public async Task CompactAsync(TaskRow task, int turn, int to, LoopFinding? finding, int window, int before, int kept, CancellationToken cancellation)
    {
        var rows = await store.ReadAsync(task.Id, turn, all: true, cancellation);
        var facts = PastFacts.Of(rows, to, finding);
        var told = options.Value.ModelSummary ? await summary.AskAsync(task, turn, rows, to, window, cancellation) : null;
        var text = $"{facts}\nWhat happened:\n{told ?? Extract.Of(rows, to, counter, options.Value.SummaryTokens)}";
        await store.CompactAsync(task, turn, rows, to, text, Source(rows, to), told is null ? "extract" : "model", before, kept + counter.Count(text), cancellation);
    }

    // What the summary stands for, in one digest.
    private static string Source(ContextRows rows, int to)
    {
        var text = new StringBuilder();
        foreach (var spoken in rows.Turns.Where(t => t.Turn <= to))
        {
            text.Append(spoken.Turn).Append(' ').Append(spoken.Text).Append('\n');
            foreach (var call in rows.ByTurn[spoken.Turn])
                text.Append(call.CallId).Append(' ').Append(call.Tool).Append(' ').Append(call.Arguments).Append(' ').Append(call.ResultDigest).Append('\n');
        }
        return ContentStore.DigestOf(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
