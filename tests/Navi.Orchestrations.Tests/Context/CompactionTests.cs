using Dapper;
using Microsoft.Extensions.AI;
using Navi.Platform.Data;
using Navi.Testing.Service;

namespace Navi.Orchestrations.Tests.Context;

public sealed class CompactionTests
{
    private static readonly Dictionary<string, string?> SmallWindow = new() { ["Navi:Context:DefaultWindow"] = "8000", ["Navi:Context:MaxTools"] = "6", ["Navi:Context:ToolTokens"] = "1000" };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Crash_AroundACompaction_PaysItOnceMoreAtMostAndRepeatsTheSamePrompt(bool duringSummary)
    {
        var summaries = 0;
        var crashed = false;
        var prompts = new Dictionary<int, List<string>>();
        var turn = 0;
        await using var slice = await Slice.StartAsync(new Answers((messages, options) =>
        {
            if (options?.Tools is not { Count: > 0 })
            {
                if (++summaries == 1 && duringSummary)
                    throw new TimeoutException("the process died here");
                return new ChatResponse(new ChatMessage(ChatRole.Assistant, $"Summary number {summaries}.")) { FinishReason = ChatFinishReason.Stop };
            }
            var text = Answers.Text(messages);
            if (!prompts.TryGetValue(turn, out var seen))
                prompts[turn] = seen = [];
            seen.Add(text);
            if (!duringSummary && !crashed && summaries == 1)
            {
                crashed = true;
                throw new TimeoutException("the process died here");
            }
            turn++;
            return turn switch
            {
                2 => Answers.Calls(("ask_person", new { question = "Which colour?" })),
                < 9 => Answers.Calls(("read_file", new { path = $"f{turn}.txt" })),
                _ => Answers.Done,
            };
        }), SmallWindow);
        await WriteFilesAsync(slice, 10);
        var task = await slice.CreateAsync();
        await slice.DecideAsync(await slice.PendingAsync(task), new { decision = "respond", answer = "ultramarine" });

        var ended = await slice.FinishedAsync(task);

        Assert.Equal("completed_unverified", ended.GetProperty("stop_reason").GetString());
        var rows = await RowsAsync<(int Number, string MadeBy)>(slice, "SELECT number, made_by FROM navi.compactions ORDER BY number");
        Assert.NotEmpty(rows);
        Assert.All(rows, r => Assert.Equal("model", r.MadeBy));
        Assert.Equal(rows.Count + (duringSummary ? 1 : 0), summaries);
        if (!duringSummary)
        {
            var repeated = Assert.Single(prompts.Values, p => p.Count == 2);
            Assert.Equal(repeated[0], repeated[1]);
        }
        var last = prompts[turn - 1][^1];
        Assert.Contains("Summary number", last, StringComparison.Ordinal);
        Assert.Contains("1-0 Which colour?: answered by local: ultramarine", last, StringComparison.Ordinal);
        Assert.Equal(rows.Count, (await RowsAsync<int>(slice, "SELECT 1 FROM navi.task_events WHERE type = 'compacted'")).Count);
    }

    [Fact]
    public async Task Compaction_WithoutAUsableSummary_ExtractsOneAndKeepsResultsReadable()
    {
        var turn = 0;
        var told = "";
        await using var slice = await Slice.StartAsync(new Answers((messages, options) =>
        {
            if (options?.Tools is not { Count: > 0 })
                return new ChatResponse(new ChatMessage(ChatRole.Assistant, string.Join(' ', Enumerable.Range(0, 9_000)))) { FinishReason = ChatFinishReason.Stop };
            if (turn == 10)
                told = Answers.Text(messages);
            turn++;
            return turn switch
            {
                < 10 => Answers.Calls(("read_file", new { path = $"f{turn}.txt" })),
                10 => Answers.Calls(("read_result", new { call_id = "0-0", search = "line 77 of file 1 " })),
                _ => Answers.Done,
            };
        }), SmallWindow);
        await WriteFilesAsync(slice, 10);

        await slice.FinishedAsync(await slice.CreateAsync());

        Assert.All(await RowsAsync<string>(slice, "SELECT made_by FROM navi.compactions"), m => Assert.Equal("extract", m));
        Assert.Contains("1 match(es)", told, StringComparison.Ordinal);
        Assert.Contains("0-0 read_file {\"path\": \"f1.txt\"}", told, StringComparison.Ordinal);
    }

    private static async Task<List<T>> RowsAsync<T>(Slice slice, string sql)
    {
        var database = (NaviDatabase)slice.Services.GetService(typeof(NaviDatabase))!;
        return await database.RunAsync(Scope.System, async c => (await c.QueryAsync<T>(sql)).AsList(), TestContext.Current.CancellationToken);
    }

    private static async Task WriteFilesAsync(Slice slice, int count)
    {
        for (var i = 0; i < count; i++)
            await File.WriteAllTextAsync(Path.Combine(slice.Repository, $"f{i}.txt"), string.Join('\n', Enumerable.Range(0, 150).Select(l => $"line {l} of file {i} {l * 7919 % 9973}")));
        await slice.GitAsync("add", "-A");
        await slice.GitAsync("-c", "user.name=T", "-c", "user.email=t@example.invalid", "commit", "-q", "-m", "files");
    }
}
