namespace Navi.Platform.Tasks.Restoration;

/// <summary>A task that had not ended at the restore point, and is held now.</summary>
/// <param name="Id">The task.</param>
/// <param name="Organisation">Whose it is.</param>
/// <param name="User">Who asked for it.</param>
/// <param name="Status">What it did at the restore point: <c>queued</c>, <c>running</c> or <c>waiting</c>.</param>
/// <param name="Held">False for a task whose end had been asked for: it ends without another step.</param>
/// <param name="HeadCommit">The commit of its workspace that the database knows; null when no step had changed anything.</param>
/// <param name="InDoubt">Calls that may have had an effect after the restore point, and are in doubt now.</param>
public sealed record RestoredTask(Guid Id, string Organisation, string User, string Status, bool Held, string? HeadCommit, int InDoubt);
