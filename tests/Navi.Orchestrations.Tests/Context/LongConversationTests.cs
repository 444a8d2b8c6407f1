using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.AI;
using Microsoft.ML.Tokenizers;
using Navi.Platform.Data;
using Navi.Testing.Service;

namespace Navi.Orchestrations.Tests.Context;

/// <summary>A conversation of 200,000 tokens in a hundred calls, with a model that reads 128,000.</summary>
public sealed class LongConversationTests(ITestOutputHelper output)
{
    private const int Turns = 112;
    private const int Window = 128_000;
    private static readonly Tokenizer Vocabulary = TiktokenTokenizer.CreateForEncoding("o200k_base");

    [Fact]
    public async Task Conversation_Of200000Tokens_FinishesWithFlatHistoryAndBoundedPrompts()
    {
        var model = new ReadingModel(Turns);
        await using var slice = await Slice.StartAsync(model, new() { ["Navi:Agent:MaxTurns"] = "200" });
        for (var i = 0; i < Turns; i++)
            await File.WriteAllTextAsync(Path.Combine(slice.Repository, $"f{i}.txt"), string.Join('\n', Enumerable.Range(0, 230).Select(l => $"line {l} of file {i} says {(l * 7919 + i * 104729) % 99991}")));
        await slice.GitAsync("add", "-A");
        await slice.GitAsync("-c", "user.name=T", "-c", "user.email=t@example.invalid", "commit", "-q", "-m", "files");
        var database = (NaviDatabase)slice.Services.GetService(typeof(NaviDatabase))!;
        await RecordHistoryAsync(slice.ConnectionString);

        var task = await slice.CreateAsync(task: "read every file and remember THE TASK ITSELF");
        var ended = await slice.FinishedAsync(task);

        Assert.Equal("completed_unverified", ended.GetProperty("stop_reason").GetString());
        var read = await database.RunAsync(Scope.System, c => c.QueryAsync<string>(
            "SELECT convert_from(b.body, 'UTF8') FROM navi.tool_calls k JOIN navi.contents b ON b.digest = k.result_digest WHERE k.tool = 'read_file'"), TestContext.Current.CancellationToken);
        var total = read.Sum(r => Vocabulary.CountTokens(r));
        Assert.True(total >= 200_000, $"The results have {total} tokens.");
        Assert.Equal(Turns, model.Prompts.Count);
        Assert.InRange(model.Prompts.Max(p => p.Tokens), Window / 2, Window);
        Assert.All(model.Prompts, p => Assert.Contains("THE TASK ITSELF", p.Second, StringComparison.Ordinal));
        Assert.NotEqual(0, model.Summaries);
        Assert.All(model.Prompts, p => Assert.InRange(p.Tools, 5, 20));

        var bytes = await BytesOfTurnsAsync(slice.ConnectionString, task);
        output.WriteLine($"tokens of results {total}; largest prompt {model.Prompts.Max(p => p.Tokens)}; summaries {model.Summaries}");
        output.WriteLine($"history bytes at turn 10: {bytes[10]}, at turn 100: {bytes[100]}; all turns {bytes.Values.Min()} to {bytes.Values.Max()}");
        output.WriteLine($"peak working set {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB, managed heap {GC.GetTotalMemory(false) >> 20} MiB, committed {GC.GetGCMemoryInfo().TotalCommittedBytes >> 20} MiB");
        Assert.InRange(bytes[100], bytes[10] * 0.9, bytes[10] * 1.1);
    }

    // The runtime deletes the history of a generation that is over, so what is appended is noted as it comes.
    private static async Task RecordHistoryAsync(string connectionString)
    {
        await using var connection = new Npgsql.NpgsqlConnection(connectionString);
        await connection.ExecuteAsync(
            """
            CREATE TABLE public.appended (id bigint GENERATED ALWAYS AS IDENTITY, instance_id text, execution integer, position integer, kind integer, name text, bytes integer);
            CREATE FUNCTION public.note_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
              INSERT INTO public.appended (instance_id, execution, position, kind, name, bytes)
              VALUES (NEW.instance_id, NEW.execution, NEW.position, NEW.kind, NEW.name, octet_length(coalesce(NEW.payload, '')) + octet_length(coalesce(NEW.name, '')) + octet_length(coalesce(NEW.failure, '')) + 32);
              RETURN NULL;
            END $$;
            CREATE TRIGGER note_history AFTER INSERT ON durable.history FOR EACH ROW EXECUTE FUNCTION public.note_history();
            """);
    }

    // A turn begins where its model call is scheduled and ends where the next one's is, or with its generation.
    private static async Task<Dictionary<int, long>> BytesOfTurnsAsync(string connectionString, Guid task)
    {
        const int ActivityScheduled = 3;
        await using var connection = new Npgsql.NpgsqlConnection(connectionString);
        var rows = (await connection.QueryAsync<(int Execution, int Kind, string? Name, int Bytes)>(
            "SELECT execution, kind, name, bytes FROM public.appended WHERE instance_id = @id ORDER BY execution, position", new { id = task.ToString("d") })).ToList();
        var sums = new Dictionary<int, long>();
        var (turn, execution, counts) = (-1, -1, false);
        foreach (var row in rows)
        {
            counts &= row.Execution == execution;
            execution = row.Execution;
            if (row is { Kind: ActivityScheduled, Name: "CallModel" })
                (turn, counts) = (turn + 1, true);
            if (counts)
                sums[turn] = sums.GetValueOrDefault(turn) + row.Bytes;
        }
        return sums;
    }

    /// <summary>Reads a file each turn, whatever it is shown of the past, and writes a summary when it is asked for one.</summary>
    private sealed class ReadingModel(int turns) : IChatClient
    {
        public List<(int Tokens, string Second, int Tools)> Prompts { get; } = [];

        public int Summaries { get; private set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var said = messages.ToList();
            var tokens = said.Sum(m => m.Contents.Sum(c => Vocabulary.CountTokens(c is FunctionResultContent r ? (string)r.Result! : c is FunctionCallContent f ? f.Name + JsonSerializer.Serialize(f.Arguments) : c.ToString()!)));
            if (options?.Tools is not { Count: > 0 } tools)
            {
                Summaries++;
                return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Many files were read, and each had its numbers.")) { FinishReason = ChatFinishReason.Stop, Usage = new() { InputTokenCount = tokens, OutputTokenCount = 10 } });
            }
            Prompts.Add((tokens, said[1].Text, tools.Count));
            var turn = Prompts.Count - 1;
            var call = turn < turns - 1
                ? new FunctionCallContent("same-id", "read_file", new Dictionary<string, object?> { ["path"] = string.Create(CultureInfo.InvariantCulture, $"f{turn}.txt") })
                : new FunctionCallContent("same-id", "finish_task", new Dictionary<string, object?> { ["status"] = "done", ["summary"] = "read" });
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [call])) { FinishReason = ChatFinishReason.ToolCalls, Usage = new() { InputTokenCount = tokens, OutputTokenCount = 20 } });
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
