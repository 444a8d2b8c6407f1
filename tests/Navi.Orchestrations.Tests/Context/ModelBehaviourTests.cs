using Microsoft.Extensions.AI;
using Navi.Testing.Service;

namespace Navi.Orchestrations.Tests.Context;

/// <summary>What happens to a task whose model repeats itself, says nothing, refuses or writes broken calls.</summary>
public sealed class ModelBehaviourTests
{
    [Fact]
    public async Task Repetition_OfTheSameError_IsWarnedForcedAndStopped()
    {
        var prompts = new List<string>();
        await using var slice = await Slice.StartAsync(new Answers((messages, _) =>
        {
            prompts.Add(Answers.Text(messages));
            return Answers.Calls(("edit_file", new { path = "a.txt", old_text = "not there", new_text = $"{prompts.Count}" }));
        }));

        var ended = await slice.FinishedAsync(await slice.CreateAsync());

        Assert.Equal("loop_detected", ended.GetProperty("stop_reason").GetString());
        Assert.Contains("5 times: edit_file fails with the same error", ended.GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.Equal(5, prompts.Count);
        Assert.DoesNotContain("This has happened", prompts[1], StringComparison.Ordinal);
        Assert.Contains("This has happened 2 times now", prompts[2], StringComparison.Ordinal);
        Assert.Contains("You must take another approach now", prompts[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stop", "The model gave 4 answers in a row without a tool call.")]
    [InlineData("length", "cut at its output limit")]
    public async Task Silence_AgainAndAgain_EndsTheTask(string finish, string explanation)
    {
        await using var slice = await Slice.StartAsync(new Answers((_, _) => new ChatResponse(new ChatMessage(ChatRole.Assistant, "I would now \0 read a file.")) { FinishReason = new ChatFinishReason(finish) }));

        var ended = await slice.FinishedAsync(await slice.CreateAsync());

        Assert.Equal("failed", ended.GetProperty("stop_reason").GetString());
        Assert.Contains(explanation, ended.GetProperty("summary").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refusal_OfTheModel_IsTheStopReasonInItsWords(bool asContent)
    {
        await using var slice = await Slice.StartAsync(new Answers((_, _) => asContent
            ? new ChatResponse(new ChatMessage(ChatRole.Assistant, [new ErrorContent("I can't help with that.") { ErrorCode = "Refusal" }])) { FinishReason = ChatFinishReason.Stop }
            : new ChatResponse(new ChatMessage(ChatRole.Assistant, "I can't help with that.")) { FinishReason = ChatFinishReason.ContentFilter }));

        var ended = await slice.FinishedAsync(await slice.CreateAsync());

        Assert.Equal("refused", ended.GetProperty("stop_reason").GetString());
        Assert.Contains("I can't help with that.", ended.GetProperty("summary").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BrokenArguments_Mendable_RunAndAreMarked_OthersAreToldExactly()
    {
        var told = "";
        var turn = 0;
        await using var slice = await Slice.StartAsync(new Answers((messages, _) =>
        {
            told = Answers.Text(messages);
            return turn++ == 0
                ? new ChatResponse(new ChatMessage(ChatRole.Assistant,
                [
                    Answers.Broken("read_file", "```json\n{'path': 'a.txt',}\n```"),
                    Answers.Broken("write_file", "{\"path\": \"b.txt\", \"content\": \"half of"),
                    Answers.Broken("write_file", "{\"path\": \"c.txt\", \"content\": \"x\""),
                    new FunctionCallContent("x", "read_file", new Dictionary<string, object?> { ["path"] = "a.txt", ["start_line"] = "1" }),
                    new FunctionCallContent("x", "write_file", new Dictionary<string, object?> { ["path"] = "d.txt", ["content"] = "\0" }),
                ]))
                : Answers.Done;
        }));

        var ended = await slice.FinishedAsync(await slice.CreateAsync());

        Assert.Equal("completed_unverified", ended.GetProperty("stop_reason").GetString());
        var calls = ended.GetProperty("calls").EnumerateArray().ToDictionary(c => c.GetProperty("call_id").GetString()!);
        Assert.Equal(["allow", "invalid", "invalid", "allow", "invalid"], Enumerable.Range(0, 5).Select(i => calls[$"0-{i}"].GetProperty("verdict").GetString()));
        Assert.Contains("0-0=one", told, StringComparison.Ordinal);
        Assert.Contains("breaks off in the middle of a string.\nThe schema of write_file: {", told, StringComparison.Ordinal);
        Assert.Contains("break off before their end. Send the whole call again", told, StringComparison.Ordinal);
        Assert.Contains("U+0000", told, StringComparison.Ordinal);
        var database = (Navi.Platform.Data.NaviDatabase)slice.Services.GetService(typeof(Navi.Platform.Data.NaviDatabase))!;
        var repairs = await database.RunAsync(Navi.Platform.Data.Scope.System, async c => (await Dapper.SqlMapper.QueryAsync<string?>(
            c, "SELECT repair FROM navi.tool_calls WHERE index >= 0 AND turn = 0 ORDER BY index")).ToList(), TestContext.Current.CancellationToken);
        Assert.Equal(["fence, single_quotes, trailing_comma", null, "cut", "encoded_member", null], repairs);
    }

    [Fact]
    public async Task Tools_NotShown_CanBeFoundAndCalledAnyway()
    {
        var shown = new List<List<string>>();
        await using var slice = await Slice.StartAsync(
            new Answers((_, options) =>
            {
                shown.Add([.. options!.Tools!.Select(t => t.Name)]);
                return shown.Count switch
                {
                    1 => Answers.Calls(("git_log", new { })),
                    2 => Answers.Calls(("search_tools", new { query = "todo markers" })),
                    _ => Answers.Done,
                };
            }), new() { ["Navi:Context:MaxTools"] = "14" });

        var ended = await slice.FinishedAsync(await slice.CreateAsync(task: "greet"));

        Assert.DoesNotContain("git_log", shown[0]);
        Assert.Contains("git_log", shown[1]);
        Assert.DoesNotContain("list_todos", shown[1]);
        Assert.Contains("list_todos", shown[2]);
        Assert.All(ended.GetProperty("calls").EnumerateArray(), c => Assert.Equal("done", c.GetProperty("status").GetString()));
    }
}
