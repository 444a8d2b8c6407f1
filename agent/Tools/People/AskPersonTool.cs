using Navi.Agent.Effects;

namespace Navi.Agent.Tools.People;

internal sealed class AskPersonTool : Tool<AskPersonArguments>
{
    public override string Name => "ask_person";

    public override string Description => "Asks a person and waits for the answer. Use it when the task is ambiguous and a wrong guess would be costly.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Conclude;

    public override TreeUse Tree => TreeUse.None;

    public override bool Gate => true;

    // The loop turns the call into a checkpoint; it never reaches a runner.
    protected override Task<ToolResult> RunAsync(ToolContext context, AskPersonArguments arguments, CancellationToken cancellationToken) =>
        Task.FromResult(ToolResult.Error("ask_person is answered by a person at a checkpoint, not executed."));
}
