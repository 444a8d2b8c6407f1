using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Events;

public sealed class SendEventTests
{
    [Theory, BothModes]
    public async Task SendEvent_FromAnotherOrchestration_Arrives(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<string>("Wait", context => context.WaitForExternalEvent<string>("go"));
            tasks.AddOrchestratorFunc<string, int>("Send", (context, target) =>
            {
                context.SendEvent(target, "go", "from a friend");
                return 0;
            });
        });
        var id = await run.StartAsync("Wait");

        await run.OutputOf<int>("Send", id);

        Assert.Equal("from a friend", (await run.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task SendEvent_ToItself_Arrives(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Talk", async context =>
            {
                context.SendEvent(context.InstanceId, "echo", "1");
                context.SendEvent(context.InstanceId, "ECHO", "2");
                return await context.WaitForExternalEvent<string>("echo") + await context.WaitForExternalEvent<string>("echo");
            }));

        Assert.Equal("12", await run.OutputOf<string>("Talk"));
    }

    [Theory, BothModes]
    public async Task SendEvent_BackAndForth_KeepsBothGoing(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string[], int>("Play", async (context, play) =>
            {
                var ball = play[1] == "serves" ? 0 : await context.WaitForExternalEvent<int>("ball");
                while (ball < 20)
                {
                    context.SendEvent(play[0], "ball", ball + 1);
                    if (ball >= 19) break;
                    ball = await context.WaitForExternalEvent<int>("ball");
                }
                return ball;
            }));
        await run.StartAsync("Play", new[] { "ping", "returns" }, "pong");
        await run.StartAsync("Play", new[] { "pong", "serves" }, "ping");

        int[] last = [await run.OutputOfInstance<int>("ping"), await run.OutputOfInstance<int>("pong")];

        Assert.Equal([20, 19], last);
    }

    [Theory, BothModes]
    public async Task SendEvent_BetweenParentAndChild_Arrives(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddOrchestratorFunc<string>("Child", async context =>
            {
                context.SendEvent(context.Parent!.InstanceId, "ready", context.InstanceId);
                return await context.WaitForExternalEvent<string>("order");
            });
            tasks.AddOrchestratorFunc<string>("Parent", async context =>
            {
                var child = context.CallSubOrchestratorAsync<string>("Child");
                context.SendEvent(await context.WaitForExternalEvent<string>("ready"), "order", "from above");
                return await child;
            });
        });

        Assert.Equal("from above", await run.OutputOf<string>("Parent"));
    }

    [Theory, BothModes]
    public async Task SendEvent_ToNobody_DoesNotHoldUpTheSender(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc<string>("Send", async context =>
            {
                context.SendEvent("nobody", "go", "x");
                await context.CallActivityAsync("Step");
                return "went on";
            });
        });

        Assert.Equal("went on", await run.OutputOf<string>("Send"));
    }

    [Theory, BothModes]
    public async Task SendEvent_WhileReplayed_IsSentOnce(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Step", _ => { });
            tasks.AddOrchestratorFunc<string, int>("Send", async (context, target) =>
            {
                context.SendEvent(target, "n", 1);
                for (var step = 0; step < 4; step++) await context.CallActivityAsync("Step");
                context.SendEvent(target, "end", 0);
                return 0;
            });
            tasks.AddOrchestratorFunc<int>("Count", async context =>
            {
                await context.WaitForExternalEvent<int>("end");
                var count = 0;
                while (context.WaitForExternalEvent<int>("n").IsCompleted) count++;
                return count;
            });
        });
        var id = await run.StartAsync("Count");

        await run.OutputOf<int>("Send", id);

        Assert.Equal(1, await run.OutputOfInstance<int>(id));
    }
}
