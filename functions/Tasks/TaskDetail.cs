using Navi.Agent.Effects;
using Navi.Functions.Checkpoints;

namespace Navi.Functions.Tasks;

/// <summary>A task with its tool calls and gates.</summary>
internal sealed record TaskDetail(TaskView Task, IReadOnlyList<CallView> Calls, IReadOnlyList<CheckpointView> Checkpoints);
