using Microsoft.DurableTask;

namespace Navi.Portable.Durable.Tests.Support;

/// <summary>Orchestrators that many tests need.</summary>
internal static class CommonTasks
{
    /// <summary>Echo gives its input back; Wait waits for the event go, and says so; Break fails; WaitBelow has a Wait as a sub-orchestration of its own id and "-sub".</summary>
    public static void Register(DurableTaskRegistry tasks)
    {
        tasks.AddOrchestratorFunc<string, string>("Echo", (_, input) => input);
        tasks.AddOrchestratorFunc<string>("Wait", context =>
        {
            context.SetCustomStatus("waiting");
            return context.WaitForExternalEvent<string>("go");
        });
        tasks.AddOrchestratorFunc("Break", _ => throw new InvalidOperationException("broken"));
        tasks.AddOrchestratorFunc<string>("WaitBelow", context =>
            context.CallSubOrchestratorAsync<string>("Wait", new SubOrchestrationOptions(instanceId: context.InstanceId + "-sub")));
    }

    /// <summary>An instance of Wait that waits.</summary>
    public static async Task<string> WaitingAsync(this Conformance run, string? id = null)
    {
        id = await run.StartAsync("Wait", null, id);
        await run.StatusOf(id, "waiting");
        return id;
    }
}
