using System.Collections.Frozen;
using Navi.Functions.Checkpoints;
using Navi.Functions.Costs;
using Navi.Functions.Errors;
using Navi.Functions.Health;
using Navi.Functions.Identity.Clients;
using Navi.Functions.Identity.Connect;
using Navi.Functions.Identity.Users;
using Navi.Functions.Keys;
using Navi.Functions.Models;
using Navi.Functions.OpenApi;
using Navi.Functions.Probe;
using Navi.Functions.Secrets;
using Navi.Functions.Tasks;
using Navi.Functions.Telemetry;
using Navi.Functions.Tools;
using Navi.Platform.Security.Identity;

namespace Navi.Functions.Identity;

/// <summary>Who may call which HTTP function. A function that is not listed is refused to everybody.</summary>
internal static class AccessTable
{
    /// <summary>Functions that answer without a token.</summary>
    public static FrozenSet<string> Public { get; } = new[]
    {
        nameof(HealthFunctions.Healthz), nameof(HealthFunctions.Readyz), nameof(OpenApiFunction.GetOpenApi),
        nameof(TokenFunctions.GetOpenIdConfiguration), nameof(TokenFunctions.GetKeys), nameof(TokenFunctions.StartDevice), nameof(TokenFunctions.IssueToken), nameof(TokenFunctions.RevokeToken),
        nameof(VerifyFunctions.ShowDevice), nameof(VerifyFunctions.AnswerDevice),
        nameof(SignInFunctions.ShowSignIn), nameof(SignInFunctions.UseSignInLink), nameof(SignInFunctions.SignOut),
        nameof(ExternalSignInFunctions.StartExternalSignIn), nameof(ExternalSignInFunctions.FinishExternalSignIn),
    }.ToFrozenSet();

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
        [nameof(ToolFunctions.ListTools)] = Role.Viewer,
        [nameof(ToolFunctions.CheckTools)] = Role.Operator,
        [nameof(CostFunctions.GetCosts)] = Role.Viewer,
        [nameof(MetricsFunction.GetMetrics)] = Role.Operator,
        [nameof(ProbeFunction.StartProbe)] = Role.Operator,
        [nameof(ErrorFunctions.ListErrors)] = Role.Viewer,
        [nameof(ErrorFunctions.GetError)] = Role.Viewer,
        [nameof(ErrorFunctions.ResolveError)] = Role.Operator,
        [nameof(ErrorFunctions.ReopenError)] = Role.Operator,
        [nameof(TelemetryFunction.SendTelemetry)] = Role.Viewer,
        [nameof(MeFunction.GetMe)] = Anybody,
        [nameof(SigninLinkFunction.CreateSigninLink)] = Role.Admin,
        [nameof(ClientFunctions.ListClients)] = Role.Admin,
        [nameof(ClientFunctions.CreateClient)] = Role.Admin,
        [nameof(ClientFunctions.DeleteClient)] = Role.Admin,
        [nameof(UserFunctions.ListUsers)] = Role.Admin,
        [nameof(UserFunctions.PutUser)] = Role.Admin,
        [nameof(KeyFunctions.GetKeyStatus)] = Role.Operator,
        [nameof(KeyFunctions.RewrapKeys)] = Role.Admin,
        [nameof(KeyFunctions.RotateSigningKeys)] = Role.Admin,
        [nameof(SecretFunctions.ListSecrets)] = Role.Admin,
        [nameof(SecretFunctions.PutSecret)] = Role.Admin,
        [nameof(SecretFunctions.DeleteSecret)] = Role.Admin,
    }.ToFrozenDictionary();
}
