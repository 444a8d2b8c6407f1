using Microsoft.DurableTask;

namespace Navi.Portable.Durable.Tests.Properties;

/// <summary>A random orchestration: what it should answer, and the orchestrator that runs it.</summary>
public sealed record Script(Instruction[] Steps)
{
    public static string EventName(Instruction step) => $"event-{step.Value % 3}";

    /// <summary>The events that the script waits for, with their data, in the order of the waits.</summary>
    public IEnumerable<(string Name, string Data)> Events => Steps.Where(step => step.Kind == "event").Select((step, index) => (EventName(step), $"data-{index}"));

    /// <summary>The answer by plain reasoning, no runtime involved.</summary>
    public string Expected()
    {
        var events = new Queue<string>(Events.Select(raised => raised.Data));
        return string.Concat(Steps.Select(step => step.Kind == "event" ? $"{events.Dequeue()};" : Expected(step)));
    }

    public static void Register(DurableTaskRegistry tasks)
    {
        tasks.AddActivityFunc<int, int>("Mix", (_, value) => Mix(value));
        tasks.AddOrchestratorFunc<State, string>("Script", RunAsync);
    }

    public override string ToString() => string.Join<Instruction>(", ", Steps);

    private static int Mix(int value) => unchecked((value * 31) + 7);

    private static string Expected(Instruction step) => step.Kind switch
    {
        "activity" => $"{Mix(step.Value)};",
        "timer" => "timer;",
        "race" => "first;",
        "all" => $"[{string.Join(',', step.Steps.Select(part => Mix(part.Value)))}];",
        "sub" => $"({string.Concat(step.Steps.Select(Expected))});",
        _ => "again;",
    };

    private static async Task<string> RunAsync(TaskOrchestrationContext context, State state)
    {
        var answer = state.Answer;
        for (var position = 0; position < state.Steps.Length; position++)
        {
            var step = state.Steps[position];
            switch (step.Kind)
            {
                case "activity":
                    answer += $"{await context.CallActivityAsync<int>("Mix", step.Value)};";
                    break;
                case "timer":
                    await context.CreateTimer(TimeSpan.FromMilliseconds(step.Value), CancellationToken.None);
                    answer += "timer;";
                    break;
                case "event":
                    answer += $"{await context.WaitForExternalEvent<string>(EventName(step))};";
                    break;
                case "race":
                    answer += await RaceAsync(context, step.Value);
                    break;
                case "all":
                    answer += $"[{string.Join(',', await Task.WhenAll(step.Steps.Select(part => context.CallActivityAsync<int>("Mix", part.Value))))}];";
                    break;
                case "sub":
                    answer += $"({await context.CallSubOrchestratorAsync<string>("Script", new State(step.Steps, ""))});";
                    break;
                default:
                    context.ContinueAsNew(new State(state.Steps[(position + 1)..], answer + "again;"));
                    return "";
            }
        }
        return answer;
    }

    private static async Task<string> RaceAsync(TaskOrchestrationContext context, int milliseconds)
    {
        using var cancellation = new CancellationTokenSource();
        var first = context.CreateTimer(TimeSpan.FromMilliseconds(milliseconds), cancellation.Token);
        var second = context.CreateTimer(TimeSpan.FromDays(1), cancellation.Token);
        var winner = await Task.WhenAny(first, second);
        cancellation.Cancel();
        return winner == first ? "first;" : "second;";
    }

    internal sealed record State(Instruction[] Steps, string Answer)
    {
        public override string ToString() => $"{Answer} {Steps.Length}";
    }
}
