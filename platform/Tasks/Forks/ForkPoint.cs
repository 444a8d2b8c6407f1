namespace Navi.Platform.Tasks.Forks;

/// <summary>The state of another task that a new one begins from.</summary>
/// <param name="Task">The other task, of the same organisation.</param>
/// <param name="CallId">Its last call that the new one inherits; null to inherit its workspace as it was before the first call.</param>
/// <param name="Turn">That call's turn; −1 without a call.</param>
/// <param name="Index">That call's place within the turn; −1 without a call.</param>
/// <param name="HeadCommit">The commit that its workspace was at after the call: 40 hex digits.</param>
public sealed record ForkPoint(Guid Task, string? CallId, int Turn, int Index, string HeadCommit)
{
    /// <summary>
    /// The model whose turns the new task's provider can go on from, for one that counts its own calls instead of reading the conversation; null for any. After turns of another model such a provider is given the task anew.
    /// </summary>
    public string? OnlyModel { get; init; }

    /// <summary>The first turn that is the new task's own; numbers go on where the other task was.</summary>
    public int FirstTurn => Turn + 1;
}
