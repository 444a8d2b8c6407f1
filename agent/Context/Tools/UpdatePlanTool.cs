using System.ComponentModel;
using Navi.Agent.Effects;
using Navi.Agent.Tools;

namespace Navi.Agent.Context.Tools;

/// <summary>Keeps the task's plan: the newest one in the ledger counts, and stays in view however long the conversation grows.</summary>
internal sealed class UpdatePlanTool : Tool<UpdatePlanTool.Arguments>
{
    public const string ToolName = "update_plan";
    private const int MostSteps = 20;

    public override string Name => ToolName;

    public override string Description => "Keeps your plan as short steps, each marked done or not. Call it first, and again when the plan changes.";

    public override EffectClass Effect => EffectClass.Pure;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken) => Task.FromResult(
        arguments.Steps.Count is 0 or > MostSteps
            ? ToolResult.Error($"steps: got {arguments.Steps.Count}; expected 1 to {MostSteps} steps.")
            : ToolResult.Ok($"Plan kept: {arguments.Steps.Count(s => s.Done)} of {arguments.Steps.Count} steps done."));

    internal sealed record Arguments([Description("The steps in order.")] IReadOnlyList<Step> Steps);

    internal sealed record Step(
        [Description("What to do, one sentence.")] string Text,
        [Description("It is done.")] bool Done = false);
}
