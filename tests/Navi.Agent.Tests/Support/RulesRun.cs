using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.Agent.Rules;
using Navi.Agent.Tools;
using Navi.Agent.Tools.People;
using Navi.Agent.Verification;

namespace Navi.Agent.Tests.Support;

/// <summary>A task done by the rules with the real tools, as the loop does it but without a ledger.</summary>
internal sealed record RulesRun(FinishTaskArguments Finish, string Head, IReadOnlyList<(string Tool, ToolResult Result)> Calls)
{
    public static async Task<RulesRun> OfAsync(AgentHands hands, string taskId, string repository, string task)
    {
        var stop = TestContext.Current.CancellationToken;
        await hands.PrepareAsync(taskId, repository);
        var client = new RulesChatClient();
        var messages = new List<ChatMessage> { new(ChatRole.System, "instructions"), new(ChatRole.User, task) };
        var made = new List<(string, ToolResult)>();
        while (true)
        {
            var call = (await client.GetResponseAsync(messages, cancellationToken: stop)).Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Single();
            var arguments = JsonSerializer.SerializeToElement(call.Arguments);
            Assert.Empty(hands.Get<ToolRegistry>().Validate(call.Name, arguments));
            if (call.Name == "finish_task")
                return new(arguments.Deserialize<FinishTaskArguments>(ArgumentSchemas.Json)!, hands.Store.Head(taskId), made);
            var run = await hands.Get<ToolRunner>().RunAsync(new ToolCall(taskId, $"c{made.Count}", 1, hands.Store.Head(taskId), call.Name, arguments), stop);
            if (run.Tree is not null)
                hands.Store.Advance(run.Tree, run.Commit);
            made.Add((call.Name, run.Result));
            messages.Add(new(ChatRole.Assistant, [call]));
            messages.Add(new(ChatRole.Tool, [new FunctionResultContent(call.CallId, run.Result.Content)
            {
                AdditionalProperties = new() { ["navi.is_error"] = run.Result.IsError, ["navi.data"] = run.Result.Data },
            }]));
        }
    }

    public Task<VerificationReport> VerifyAsync(AgentHands hands, string taskId) =>
        hands.Get<Verifier>().VerifyAsync(new VerifyRequest(taskId, hands.Store.Base(taskId), Head, Finish.ReportPath), TestContext.Current.CancellationToken);
}
