using Dapper;
using Navi.Agent.Effects;
using Navi.Drills.Kills.Working;
using Navi.Platform.Data;
using Navi.Platform.Tasks;

namespace Navi.Drills.Kills.Asking;

/// <summary>Tasks with planned calls of every effect class in NAVI's own tables.</summary>
internal sealed class GuardedTasks(NaviDatabase database, DraftTrees trees)
{
    private static readonly string[] Classes = Enum.GetNames<EffectClass>();

    /// <summary>Makes a task and two calls of each class.</summary>
    public async Task<GuardedInput> MakeAsync(CancellationToken cancellation)
    {
        var made = await new TaskStore(database).CreateAsync(
            new NewTask("drill", "drill", "/drill", "take effect", "rules", "Local", true, 60, TimeSpan.FromHours(1), null, "digest"), cancellation);
        var task = made.Task!.Id;
        GuardedCall[] calls = [.. Classes.Concat(Classes).Select((effect, n) => new GuardedCall($"{n}-{effect}", effect))];
        await database.RunAsync(Scope.System, async c =>
        {
            await c.ExecuteAsync("UPDATE navi.tasks SET head_commit = @Empty WHERE id = @task", new { trees.Empty, task });
            for (var n = 0; n < calls.Length; n++)
                await EffectLedger.PlanAsync(c, task, "drill", new PlannedEffect(calls[n].CallId, 0, n, "drill", "{}", Enum.Parse<EffectClass>(calls[n].Effect), "allow", "drill", "drill", "digest", null));
        }, cancellation);
        return new GuardedInput(task, calls, Guarded: true);
    }

    /// <summary>The same calls without rows: the control.</summary>
    public static GuardedInput MakeControl() => new(Guid.CreateVersion7(), [.. Classes.Concat(Classes).Select((effect, n) => new GuardedCall($"{n}-{effect}", effect))], Guarded: false);
}
