using System.Collections.Frozen;
using Navi.Functions.Checkpoints;
using Navi.Functions.Costs;
using Navi.Functions.Health;
using Navi.Functions.Models;
using Navi.Functions.OpenApi;
using Navi.Functions.Tasks;
using Navi.Platform.Security.Identity;

namespace Navi.Functions.Identity;

/// <summary>Who may call which HTTP function. A function that is not listed is refused to everybody.</summary>
internal static class AccessTable
{
    /// <summary>Functions that answer without a token.</summary>
    public static FrozenSet<string> Public { get; } = new[] { nameof(HealthFunctions.Healthz), nameof(HealthFunctions.Readyz), nameof(OpenApiFunction.GetOpenApi) }.ToFrozenSet();

    /// <summary>In place of a role: any caller whose token holds.</summary>
    public const string Anybody = "*";

    /// <summary>The role that each other function needs.</summary>
    public static FrozenDictionary<string, string> RoleOf { get; } = new Dictionary<string, string>
    {
        [nameof(CreateTaskFunction.CreateTask)] = Role.Caller,
        [nameof(TaskFunctions.CancelTask)] = Role.Caller,
        [nameof(SuspensionFunctions.SuspendTask)] = Role.Caller,
        [nameof(SuspensionFunctions.ResumeTask)] = Role.Caller,
        [nameof(ForkTaskFunction.ForkTask)] = Role.Caller,
        [nameof(ListTasksFunction.ListTasks)] = Role.Viewer,
        [nameof(TaskFunctions.GetTask)] = Role.Viewer,
        [nameof(TaskFunctions.GetTaskDiff)] = Role.Viewer,
        [nameof(TaskEventsFunction.GetTaskEvents)] = Role.Viewer,
        [nameof(CheckpointFunctions.ListCheckpoints)] = Role.Viewer,
        [nameof(CheckpointFunctions.GetCheckpoint)] = Role.Viewer,
        [nameof(DecideFunction.DecideCheckpoint)] = Role.Approver,
        [nameof(ModelFunctions.ListModels)] = Role.Viewer,
        [nameof(ModelFunctions.TestModel)] = Role.Operator,
        [nameof(CostFunctions.GetCosts)] = Role.Viewer,
        [nameof(MeFunction.GetMe)] = Anybody,
    }.ToFrozenDictionary();
}
