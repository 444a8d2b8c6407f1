using Navi.Agent.Effects;

namespace Navi.Agent.Tools.People;

internal sealed class FinishTaskTool : Tool<FinishTaskArguments>
{
    public override string Name => "finish_task";

    public override string Description => "Ends the task. Call it once, when everything is done or when it can't be.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Conclude;

    public override TreeUse Tree => TreeUse.None;

    public override bool Ends => true;

    // The loop ends on the call; it never reaches a runner.
    protected override Task<ToolResult> RunAsync(ToolContext context, FinishTaskArguments arguments, CancellationToken cancellationToken) =>
        Task.FromResult(ToolResult.Error("finish_task ends the task and is not executed."));
}
